package io.jenkins.plugins.builderfarm.protocol.release;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A bucket's releases and who gets which. Immutable and whole: every release that a channel, host type or roll-out names
 * is there.
 *
 * @param serial grows with every change and never goes back
 * @param expires after this time machines warn, and still run what it says; empty if never
 * @param channels release by channel; {@value #STABLE} is always among them
 * @param hostTypes the host types that do not simply follow {@value #STABLE}
 * @param history by channel, the releases that it pointed at before, latest first, for going back to
 */
public record Manifest(
        long serial,
        Instant created,
        Optional<Instant> expires,
        List<Release> releases,
        Map<String, Version> channels,
        Map<HostTypeName, Assignment> hostTypes,
        List<Rollout> rollouts,
        Map<String, List<Version>> history) {
    /** The manifest's name in its bucket's folder. */
    public static final String OBJECT = "buildlet.json";

    /** The channel that every host type follows unless told otherwise. */
    public static final String STABLE = "stable";

    /** Releases that are remembered for each channel. */
    public static final int LONGEST_HISTORY = 10;

    private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** A manifest of which nothing is remembered. */
    public Manifest(
            long serial,
            Instant created,
            Optional<Instant> expires,
            List<Release> releases,
            Map<String, Version> channels,
            Map<HostTypeName, Assignment> hostTypes,
            List<Rollout> rollouts) {
        this(serial, created, expires, releases, channels, hostTypes, rollouts, Map.of());
    }

    /**
     * @throws IllegalArgumentException if it isn't whole; the message says what is missing. A longer history than
     *     {@value #LONGEST_HISTORY} is cut.
     */
    public Manifest {
        releases = List.copyOf(releases);
        channels = Collections.unmodifiableMap(new TreeMap<>(channels));
        hostTypes = Collections.unmodifiableMap(new TreeMap<>(hostTypes));
        rollouts = List.copyOf(rollouts);
        history = cut(history);
        if (serial < 1) {
            throw new IllegalArgumentException("the manifest's serial is not positive");
        }
        Map<Version, Release> known = byVersion(releases);
        channels.forEach((channel, version) -> {
            if (!CHANNEL.matcher(channel).matches()) {
                throw new IllegalArgumentException(
                        "channel '" + channel + "' is not valid: lower-case letters, digits and '-', a letter first");
            }
            require(known, version, "channel " + channel);
        });
        if (!channels.containsKey(STABLE)) {
            throw new IllegalArgumentException("the manifest has no channel " + STABLE);
        }
        for (Map.Entry<HostTypeName, Assignment> entry : hostTypes.entrySet()) {
            if (entry.getValue() instanceof Assignment.Pin pin) {
                require(known, pin.release(), entry.getKey().value());
            } else if (entry.getValue() instanceof Assignment.Channel channel) {
                requireChannel(channels, channel.channel(), entry.getKey().value());
            }
        }
        for (Rollout rollout : rollouts) {
            require(known, rollout.release(), "a roll-out");
            requireChannel(channels, rollout.channel(), "a roll-out");
        }
        for (Map.Entry<String, List<Version>> past : history.entrySet()) {
            requireChannel(channels, past.getKey(), "the history");
            past.getValue().forEach(version -> require(known, version, "the history of channel " + past.getKey()));
        }
    }

    private static Map<String, List<Version>> cut(Map<String, List<Version>> history) {
        Map<String, List<Version>> cut = new TreeMap<>();
        history.forEach((channel, versions) -> {
            if (!versions.isEmpty()) {
                cut.put(channel, List.copyOf(versions.subList(0, Math.min(versions.size(), LONGEST_HISTORY))));
            }
        });
        return Collections.unmodifiableMap(cut);
    }

    private static Map<Version, Release> byVersion(List<Release> releases) {
        Map<Version, Release> known = new LinkedHashMap<>();
        for (Release release : releases) {
            if (known.put(release.version(), release) != null) {
                throw new IllegalArgumentException("release " + release.version() + " is there twice");
            }
        }
        return known;
    }

    private static void require(Map<Version, Release> known, Version version, String who) {
        if (!known.containsKey(version)) {
            throw new IllegalArgumentException(who + " names release " + version + ", which is not there");
        }
    }

    private static void requireChannel(Map<String, Version> channels, String channel, String who) {
        if (!channels.containsKey(channel)) {
            throw new IllegalArgumentException(who + " names channel " + channel + ", which is not there");
        }
    }

    public Optional<Release> release(Version version) {
        return releases.stream()
                .filter(release -> release.version().equals(version))
                .findFirst();
    }

    /** The release that a machine is to run: a pin, else a roll-out that includes it, else its channel's. */
    public Release select(MachineId machine) {
        Assignment assignment = hostTypes.getOrDefault(machine.hostType(), new Assignment.Channel(STABLE));
        Version version = assignment instanceof Assignment.Pin pin
                ? pin.release()
                : inChannel(((Assignment.Channel) assignment).channel(), machine);
        return release(version).orElseThrow();
    }

    private Version inChannel(String channel, MachineId machine) {
        return rollouts.stream()
                .filter(rollout -> rollout.channel().equals(channel) && rollout.includes(machine))
                .map(Rollout::release)
                .findFirst()
                .orElseGet(() -> channels.get(channel));
    }
}
