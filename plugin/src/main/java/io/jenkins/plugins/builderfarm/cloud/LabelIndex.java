package io.jenkins.plugins.builderfarm.cloud;

import hudson.model.Label;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which host types a label asks for, by one state of the configuration alone: never by what is free or connected.
 *
 * <p>A label asks for a host type if its expression holds for the host type's name and builders (and its platform's
 * words), and would not for the platform's words alone: {@code linux} never gets a build onto a volunteer's machine,
 * {@code host-linux-arm && linux} does. Thread-safe.
 */
public final class LabelIndex {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, List<HostType>> known = new ConcurrentHashMap<>();

    private record Entry(
            HostType hostType, Map<String, Builder> builders, Set<LabelAtom> platform, Set<LabelAtom> all) {}

    public LabelIndex(Collection<HostType> hostTypes, Collection<Builder> builders) {
        Map<String, Map<String, Builder>> byHostType = new LinkedHashMap<>();
        for (Builder builder : builders) {
            if (!builder.isDisabled()) {
                byHostType
                        .computeIfAbsent(builder.getHostType(), name -> new LinkedHashMap<>())
                        .put(builder.getName(), builder);
            }
        }
        for (HostType hostType : hostTypes) {
            Map<String, Builder> own = byHostType.getOrDefault(hostType.getName(), Map.of());
            Set<LabelAtom> platform = platform(hostType);
            Set<LabelAtom> all = new LinkedHashSet<>(platform);
            all.add(new LabelAtom(hostType.getName()));
            own.keySet().forEach(name -> all.add(new LabelAtom(name)));
            entries.put(hostType.getName(), new Entry(hostType, own, platform, all));
        }
    }

    private static Set<LabelAtom> platform(HostType hostType) {
        Set<LabelAtom> words = new LinkedHashSet<>();
        for (String word : hostType.getPlatform().toLowerCase(Locale.ROOT).split("[^a-z0-9_.]+")) {
            if (!word.isEmpty()) {
                words.add(new LabelAtom(word));
            }
        }
        return words;
    }

    /** The host types that the label asks for, in the configuration's order; none for no label. */
    public List<HostType> hostTypes(Label label) {
        if (label == null) {
            return List.of();
        }
        // Labels are made by users, but only by those who may configure jobs, and each is in Jenkins's own cache too.
        return known.computeIfAbsent(label.getName(), name -> entries.values().stream()
                .filter(entry -> label.matches(entry.all()) && !label.matches(entry.platform()))
                .map(Entry::hostType)
                .toList());
    }

    /** Host type, builders and platform words: the labels of a machine as far as the configuration says them. */
    public Set<String> labels(String hostType) {
        Set<String> labels = new LinkedHashSet<>();
        Entry entry = entries.get(hostType);
        if (entry == null) {
            labels.add(hostType);
        } else {
            labels.add(hostType);
            labels.addAll(entry.builders().keySet());
            entry.platform().forEach(atom -> labels.add(atom.getName()));
        }
        return labels;
    }

    /** The host type's builder that the label names, if it names exactly one. */
    public Optional<Builder> builder(Label label, String hostType) {
        Entry entry = entries.get(hostType);
        if (label == null || entry == null) {
            return Optional.empty();
        }
        List<Builder> named = label.listAtoms().stream()
                .map(atom -> entry.builders().get(atom.getName()))
                .filter(builder -> builder != null)
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    public Optional<HostType> hostType(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::hostType);
    }
}
