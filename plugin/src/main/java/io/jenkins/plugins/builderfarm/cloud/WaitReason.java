package io.jenkins.plugins.builderfarm.cloud;

import hudson.model.queue.CauseOfBlockage;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Why an item waits, in plain words. */
public final class WaitReason extends CauseOfBlockage {
    private final String text;

    WaitReason(String text) {
        this.text = text;
    }

    /** What keeps each of the host types, none of which has a machine to give. */
    static WaitReason of(Collection<HostType> hostTypes, Coordinator coordinator) {
        return new WaitReason(String.join(
                "; ",
                hostTypes.stream()
                        .map(type -> of(type, coordinator.hostType(type.hostTypeName())))
                        .toList()));
    }

    private static String of(HostType hostType, Optional<HostTypeView> view) {
        if (hostType.isDisabled()) {
            return "host type " + hostType.getName() + " is disabled";
        }
        return view.map(WaitReason::of).orElse("host type " + hostType.getName() + " is not in the farm yet");
    }

    static String of(HostTypeView view) {
        int leased = view.leased();
        int here = view.counts().entrySet().stream()
                .filter(entry -> entry.getKey() != MachineState.MISSING)
                .mapToInt(entry -> entry.getValue())
                .sum();
        if (here == 0) {
            return view.lastSeen()
                    .map(time -> "no machine of " + view.name() + " has been seen since " + minute(time))
                    .orElse("no machine of " + view.name() + " has ever dialled in");
        }
        if (leased == here) {
            return here == 1
                    ? "the only machine of " + view.name() + " is busy"
                    : "all " + here + " machines of " + view.name() + " are busy";
        }
        return "of " + (here == 1 ? "1 machine" : here + " machines") + " of " + view.name() + " none is free: "
                + String.join(", ", kinds(view, leased));
    }

    private static List<String> kinds(HostTypeView view, int leased) {
        List<String> kinds = new ArrayList<>();
        add(kinds, leased, "busy");
        add(kinds, view.count(MachineState.SET_ASIDE), "set aside");
        add(kinds, view.count(MachineState.RELEASING), "cleaning up");
        add(kinds, view.count(MachineState.CONNECTING) + view.count(MachineState.LEAVING), "coming or going");
        return kinds;
    }

    private static void add(List<String> kinds, int count, String kind) {
        if (count > 0) {
            kinds.add(count + " " + kind);
        }
    }

    private static String minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).toString();
    }

    @Override
    public String getShortDescription() {
        return text;
    }
}
