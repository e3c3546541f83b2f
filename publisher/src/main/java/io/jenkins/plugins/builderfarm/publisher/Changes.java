package io.jenkins.plugins.builderfarm.publisher;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.release.Assignment;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The difference between two manifests, a line for each change. Stateless. */
final class Changes {
    private Changes() {}

    /** Empty if machines would see no difference. */
    static List<String> between(Manifest before, Manifest after) {
        List<String> lines = new ArrayList<>();
        for (Release release : after.releases()) {
            if (before.release(release.version()).isEmpty()) {
                lines.add("release " + release.version() + ": new, " + release.size() + " bytes, Java "
                        + release.minimumJava() + " or newer");
            }
        }
        compare(lines, before.channels(), after.channels(), name -> "channel " + name, Object::toString);
        compare(lines, rollouts(before), rollouts(after), name -> name, share -> share + "%");
        compareHostTypes(lines, before.hostTypes(), after.hostTypes());
        if (!before.expires().equals(after.expires())) {
            lines.add("expires: " + show(before) + " -> " + show(after));
        }
        return lines;
    }

    private static <K, V> void compare(
            List<String> lines, Map<K, V> before, Map<K, V> after, Function<K, String> name, Function<V, String> show) {
        TreeSet<K> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (K key : keys) {
            V old = before.get(key);
            V now = after.get(key);
            if (old == null) {
                lines.add(name.apply(key) + ": new, " + show.apply(now));
            } else if (now == null) {
                lines.add(name.apply(key) + ": " + show.apply(old) + " -> none");
            } else if (!old.equals(now)) {
                lines.add(name.apply(key) + ": " + show.apply(old) + " -> " + show.apply(now));
            }
        }
    }

    /** A host type of which nothing is said follows {@code stable}. */
    private static void compareHostTypes(
            List<String> lines, Map<HostTypeName, Assignment> before, Map<HostTypeName, Assignment> after) {
        Assignment usual = new Assignment.Channel(Manifest.STABLE);
        TreeSet<HostTypeName> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (HostTypeName name : names) {
            String old = show(before.getOrDefault(name, usual));
            String now = show(after.getOrDefault(name, usual));
            if (!old.equals(now)) {
                lines.add(name + ": " + old + " -> " + now);
            }
        }
    }

    private static Map<String, Integer> rollouts(Manifest manifest) {
        return manifest.rollouts().stream().collect(Collectors.toMap(Changes::name, Rollout::percent, Math::max));
    }

    private static String name(Rollout rollout) {
        String whose = rollout.hostTypes().isEmpty()
                ? ""
                : " for " + rollout.hostTypes().stream().map(Object::toString).collect(Collectors.joining(", "));
        return "roll-out of " + rollout.release() + " in channel " + rollout.channel() + whose;
    }

    static String show(Assignment assignment) {
        if (assignment instanceof Assignment.Pin pin) {
            return "pinned at " + pin.release();
        }
        return "follows channel " + ((Assignment.Channel) assignment).channel();
    }

    static String show(Rollout rollout) {
        return name(rollout) + ": " + rollout.percent() + "%";
    }

    private static String show(Manifest manifest) {
        return manifest.expires().map(Object::toString).orElse("never");
    }
}
