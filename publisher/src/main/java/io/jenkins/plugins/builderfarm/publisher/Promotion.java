package io.jenkins.plugins.builderfarm.publisher;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Assignment;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A release becomes a channel's: for all its machines, or as a roll-out to some.
 *
 * @param percent 0 to 100; 0 takes the roll-out back
 * @param hostTypes whose machines; empty: all that follow the channel
 * @param newChannel whether the channel may be made
 */
record Promotion(Version release, String channel, int percent, Set<HostTypeName> hostTypes, boolean newChannel) {
    Promotion {
        hostTypes = Set.copyOf(hostTypes);
    }

    void apply(Draft draft) throws Failure {
        Edits.requireRelease(draft, release);
        boolean toAll = percent == Rollout.ALL && hostTypes.isEmpty();
        if (!draft.channels.containsKey(channel) && newChannel) {
            if (!toAll) {
                throw Failure.usage("a new channel takes its first release whole, without " + Flag.PERCENT + " and "
                        + Flag.HOST_TYPE);
            }
            draft.channels.put(channel, release);
            return;
        }
        Version current = Edits.requireChannel(draft, channel);
        if (toAll) {
            pointChannel(draft, current);
        } else {
            requireFollowers(draft);
            rollOut(draft, current);
        }
        if (release.compareTo(current) < 0) {
            draft.warnings.add(release + " is older than " + current + ", where channel " + channel
                    + (toAll ? " pointed" : " points") + "; rollback goes back");
        }
    }

    private void pointChannel(Draft draft, Version current) {
        draft.rollouts.removeIf(rollout -> rollout.channel().equals(channel));
        draft.channels.put(channel, release);
        if (!current.equals(release)) {
            List<Version> history = new ArrayList<>(draft.history.getOrDefault(channel, List.of()));
            history.add(0, current);
            draft.history.put(channel, history);
        }
    }

    /** A channel has one release on its way at a time; to how many of which host types can be said in several steps. */
    private void rollOut(Draft draft, Version current) throws Failure {
        if (current.equals(release)) {
            throw Failure.manifest("channel " + channel + " points at " + release + " for all its machines already");
        }
        draft.rollouts.removeIf(rollout -> rollout.channel().equals(channel)
                && (!rollout.release().equals(release) || rollout.hostTypes().equals(hostTypes)));
        if (percent > 0) {
            draft.rollouts.add(new Rollout(channel, release, percent, hostTypes));
        }
    }

    private void requireFollowers(Draft draft) throws Failure {
        for (HostTypeName hostType : new TreeSet<>(hostTypes)) {
            Assignment assignment = draft.hostTypes.getOrDefault(hostType, new Assignment.Channel(Manifest.STABLE));
            if (assignment instanceof Assignment.Pin pin) {
                throw Failure.manifest(hostType + " is pinned at " + pin.release() + "; unpin it first");
            }
            String followed = ((Assignment.Channel) assignment).channel();
            if (!followed.equals(channel)) {
                throw Failure.manifest(hostType + " follows channel " + followed + ", not " + channel);
            }
        }
    }
}
