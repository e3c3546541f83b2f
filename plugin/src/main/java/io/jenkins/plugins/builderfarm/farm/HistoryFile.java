package io.jenkins.plugins.builderfarm.farm;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.builderfarm.coordinator.history.Drained;
import io.jenkins.plugins.builderfarm.coordinator.history.MachineRecord;
import io.jenkins.plugins.builderfarm.coordinator.port.HistoryStore;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The machines' history in one file, replaced as a whole. How many machines it holds is the coordinator's to bound. Not
 * thread-safe, as {@link HistoryStore} allows.
 */
final class HistoryFile implements HistoryStore {
    private static final Logger LOGGER = Logger.getLogger(HistoryFile.class.getName());
    private static final Gson GSON = new GsonBuilder().create();

    private final Path file;
    private final Map<MachineId, MachineRecord> records = new TreeMap<>();

    HistoryFile(Path file) {
        this.file = file;
    }

    static HistoryFile ofThisController() {
        return new HistoryFile(
                Jenkins.get().getRootDir().toPath().resolve("builder-farm").resolve("machines.json"));
    }

    private record Document(int format, List<Machine> machines) {
        static final int FORMAT = 1;
    }

    private record Machine(
            String id,
            String firstSeen,
            String lastSeen,
            long builds,
            long failures,
            List<Release> releases,
            Drain drained) {
        static Machine of(MachineRecord record) {
            return new Machine(
                    record.id().toString(),
                    record.firstSeen().toString(),
                    record.lastSeen().toString(),
                    record.builds(),
                    record.failures(),
                    record.releases().stream()
                            .map(run -> new Release(
                                    run.buildlet().value(), run.since().toString()))
                            .toList(),
                    record.drained()
                            .map(drained ->
                                    new Drain(drained.by(), drained.since().toString(), drained.why()))
                            .orElse(null));
        }

        /** @throws IllegalArgumentException or DateTimeException if a field is missing or wrong */
        MachineRecord toRecord() {
            if (id == null || firstSeen == null || lastSeen == null || releases == null) {
                throw new IllegalArgumentException("a machine's record is not whole");
            }
            return new MachineRecord(
                    MachineId.parse(id),
                    Instant.parse(firstSeen),
                    Instant.parse(lastSeen),
                    builds,
                    failures,
                    releases.stream()
                            .map(run -> new MachineRecord.Run(new Version(run.buildlet()), Instant.parse(run.since())))
                            .toList(),
                    Optional.ofNullable(drained)
                            .map(drain -> new Drained(drain.by(), Instant.parse(drain.since()), drain.why())));
        }
    }

    private record Release(String buildlet, String since) {}

    /** Absent unless the machine is drained. */
    private record Drain(String by, String since, String why) {}

    /** A file that can't be read is put aside: history is worth having, not worth staying down for. */
    @Override
    public Collection<MachineRecord> load() {
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                Document document = GSON.fromJson(reader, Document.class);
                if (document == null || document.machines() == null) {
                    throw new JsonParseException("it lists no machines");
                }
                for (Machine machine : document.machines()) {
                    MachineRecord loaded = machine.toRecord();
                    records.put(loaded.id(), loaded);
                }
            } catch (IOException | JsonParseException | IllegalArgumentException | DateTimeException e) {
                putAside(e);
            }
        }
        return List.copyOf(records.values());
    }

    private void putAside(Exception why) {
        records.clear();
        Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
        LOGGER.log(Level.WARNING, why, () -> "The machines' history can't be read; it is kept as " + aside);
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The machines' history could not be put aside");
        }
    }

    @Override
    public void save(Collection<MachineRecord> changed, Collection<MachineId> forgotten) {
        changed.forEach(record -> records.put(record.id(), record));
        forgotten.forEach(records::remove);
        Document document = new Document(
                Document.FORMAT, records.values().stream().map(Machine::of).toList());
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            try (AtomicFileWriter writer = new AtomicFileWriter(file, StandardCharsets.UTF_8)) {
                GSON.toJson(document, writer);
                writer.commit();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The machines' history could not be saved");
        }
    }
}
