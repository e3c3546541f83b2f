package io.jenkins.plugins.builderfarm.coordinator.view;

import io.jenkins.plugins.builderfarm.coordinator.history.MachineRecord;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One machine at one moment. Immutable.
 *
 * @param since when it came into this state
 * @param connected whether it has a control connection; a leased machine may be without for a while
 * @param address where it dials from; empty if it isn't connected
 * @param facts what it says of itself; empty if it isn't connected
 * @param generation of the builder key that it proved; 0 if it isn't connected
 * @param duplicate when another machine last claimed this one's name while it was alive; empty if not lately
 * @param notes what its stage0 or buildlet wants people to know
 * @param reasons why it is set aside, by its own words or because it is drained; empty in every other state
 * @param record its history, up to now
 */
public record MachineView(
        MachineId id,
        MachineState state,
        Instant since,
        boolean connected,
        String address,
        Optional<Facts> facts,
        Optional<LeaseId> lease,
        int generation,
        Optional<Instant> duplicate,
        List<String> notes,
        List<String> reasons,
        MachineRecord record) {
    public MachineView {
        notes = List.copyOf(notes);
        reasons = List.copyOf(reasons);
    }
}
