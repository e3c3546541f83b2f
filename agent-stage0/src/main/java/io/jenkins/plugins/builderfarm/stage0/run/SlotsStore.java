package io.jenkins.plugins.builderfarm.stage0.run;

import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import io.jenkins.plugins.builderfarm.stage0.Log;
import io.jenkins.plugins.builderfarm.stage0.state.DamagedFileException;
import io.jenkins.plugins.builderfarm.stage0.state.KeptRelease;
import io.jenkins.plugins.builderfarm.stage0.state.StateFile;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@link Slots} on the disk. Not thread-safe. */
public final class SlotsStore {
    private static final String ASSIGNED = "assigned";
    private static final String GOOD = "good";
    private static final String FAILURES = "failures";
    private static final String LEFT_AT = "leftAt";
    private static final String STARTED = "started";

    private final StateFile file;
    private final Log log;

    public SlotsStore(StateFile file, Log log) {
        this.file = file;
        this.log = log;
    }

    /** What was saved last; a damaged file is said and taken for none. */
    public Slots load() throws IOException {
        try {
            Optional<Map<String, String>> fields = file.read();
            return fields.isPresent() ? parse(fields.get()) : Slots.EMPTY;
        } catch (DamagedFileException e) {
            log.say(e.getMessage() + "; begins a new one");
            return Slots.EMPTY;
        }
    }

    private Slots parse(Map<String, String> fields) throws DamagedFileException {
        try {
            return new Slots(
                    KeptRelease.from(fields, ASSIGNED),
                    KeptRelease.from(fields, GOOD),
                    Integer.parseInt(fields.getOrDefault(FAILURES, "0")),
                    Optional.ofNullable(fields.get(LEFT_AT)).map(Instant::parse),
                    Optional.ofNullable(fields.get(STARTED)).map(Sha256::parse));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DamagedFileException(file + " says what no stage0 writes: " + e.getMessage());
        }
    }

    public void save(Slots slots) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        slots.assigned().ifPresent(release -> release.putInto(fields, ASSIGNED));
        slots.good().ifPresent(release -> release.putInto(fields, GOOD));
        fields.put(FAILURES, Integer.toString(slots.failures()));
        slots.leftAt().ifPresent(time -> fields.put(LEFT_AT, time.toString()));
        slots.started().ifPresent(sha256 -> fields.put(STARTED, sha256.hex()));
        file.write(fields);
    }
}
