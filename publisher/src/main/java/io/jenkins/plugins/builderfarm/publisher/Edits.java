package io.jenkins.plugins.builderfarm.publisher;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Assignment;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The changes that the commands make. Stateless. */
final class Edits {
    private Edits() {}

    static Edit nothing() {
        return draft -> {};
    }

    static Edit expires(Optional<Instant> time) {
        return draft -> draft.expires = time;
    }

    /** Adds a release; harmless if the very same is there. */
    static Edit add(Release release) {
        return draft -> {
            Optional<Release> there = draft.release(release.version());
            if (there.isEmpty()) {
                draft.releases.add(release);
            } else if (!there.get().sha256().equals(release.sha256())) {
                throw Failure.manifest("release " + release.version() + " is published already, with another jar ("
                        + there.get().sha256() + "); a release never changes, give this one another version");
            } else if (there.get().minimumJava() != release.minimumJava()) {
                throw Failure.manifest("release " + release.version() + " is published already, for Java "
                        + there.get().minimumJava() + " or newer");
            }
        };
    }

    static Edit promote(Promotion promotion) {
        return promotion::apply;
    }

    /**
     * Goes back: stops the channel's roll-outs if there are any, else points it where it pointed before.
     *
     * @param to where to go; empty: one step back
     */
    static Edit rollBack(String channel, Optional<Version> to) {
        return draft -> {
            Version current = requireChannel(draft, channel);
            boolean stopped =
                    draft.rollouts.removeIf(rollout -> rollout.channel().equals(channel));
            List<Version> history = new ArrayList<>(draft.history.getOrDefault(channel, List.of()));
            if (to.isPresent()) {
                requireRelease(draft, to.get());
                int found = history.indexOf(to.get());
                draft.history.put(channel, history.subList(found + 1, history.size()));
                draft.channels.put(channel, to.get());
            } else if (!stopped) {
                if (history.isEmpty()) {
                    throw Failure.manifest("channel " + channel + " points at " + current
                            + " and at nothing before that; name a release with " + Flag.TO);
                }
                draft.channels.put(channel, history.remove(0));
                draft.history.put(channel, history);
            }
            warnOfPins(draft, current);
        };
    }

    static Edit pin(Version release, List<HostTypeName> hostTypes) {
        return draft -> {
            requireRelease(draft, release);
            hostTypes.forEach(hostType -> draft.hostTypes.put(hostType, new Assignment.Pin(release)));
        };
    }

    static Edit unpin(List<HostTypeName> hostTypes) {
        return draft -> {
            for (HostTypeName hostType : hostTypes) {
                if (!(draft.hostTypes.get(hostType) instanceof Assignment.Pin)) {
                    throw Failure.manifest(hostType + " is not pinned");
                }
                draft.hostTypes.remove(hostType);
            }
        };
    }

    static Edit follow(String channel, List<HostTypeName> hostTypes) {
        return draft -> {
            requireChannel(draft, channel);
            for (HostTypeName hostType : hostTypes) {
                if (channel.equals(Manifest.STABLE)) {
                    draft.hostTypes.remove(hostType);
                } else {
                    draft.hostTypes.put(hostType, new Assignment.Channel(channel));
                }
            }
        };
    }

    static Version requireChannel(Draft draft, String channel) throws Failure {
        Version release = draft.channels.get(channel);
        if (release == null) {
            throw Failure.manifest(
                    "there is no channel " + channel + ", only " + String.join(", ", draft.channels.keySet()) + "; "
                            + Flag.NEW_CHANNEL + " makes one where a release is promoted");
        }
        return release;
    }

    static void requireRelease(Draft draft, Version version) throws Failure {
        if (draft.release(version).isEmpty()) {
            throw Failure.manifest("release " + version + " is not published");
        }
    }

    private static void warnOfPins(Draft draft, Version left) {
        draft.hostTypes.forEach((hostType, assignment) -> {
            if (assignment instanceof Assignment.Pin pin && pin.release().equals(left)) {
                draft.warnings.add(hostType + " is pinned at " + left + " and stays there");
            }
        });
        for (Rollout rollout : draft.rollouts) {
            if (rollout.release().equals(left)) {
                draft.warnings.add(left + " still goes to " + rollout.percent() + "% of channel " + rollout.channel());
            }
        }
    }
}
