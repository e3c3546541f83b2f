package io.jenkins.plugins.builderfarm.cloud;

import hudson.model.Label;
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
import java.util.regex.Pattern;

/**
 * Which host types a label asks for, by one state of the configuration alone: never by what is free or connected.
 *
 * <p>A label asks for a host type if its expression holds for the host type's name and builders (and its platform's
 * words), and would not for the platform's words alone: {@code linux} never gets a build onto a volunteer's machine,
 * {@code host-linux-arm && linux} does. Thread-safe.
 */
public final class LabelIndex {
    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9_.]+");

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, List<HostType>> known = new ConcurrentHashMap<>();

    /** Of plain names: each {@code LabelAtom} keeps statistics and a provisioner of its own. */
    private record Entry(HostType hostType, Map<String, Builder> builders, Set<String> platform) {
        boolean isAskedForBy(Label label) {
            return label.matches(this::isNamed) && !label.matches(platform::contains);
        }

        private boolean isNamed(String name) {
            return hostType.getName().equals(name) || builders.containsKey(name) || platform.contains(name);
        }
    }

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
            entries.put(hostType.getName(), new Entry(hostType, own, platform(hostType)));
        }
    }

    private static Set<String> platform(HostType hostType) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : NO_WORD.split(hostType.getPlatform().toLowerCase(Locale.ROOT))) {
            if (!word.isEmpty()) {
                words.add(word);
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
                .filter(entry -> entry.isAskedForBy(label))
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
            labels.addAll(entry.platform());
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
