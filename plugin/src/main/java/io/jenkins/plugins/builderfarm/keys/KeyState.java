package io.jenkins.plugins.builderfarm.keys;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The master key and its record, as they were found or made. Immutable.
 *
 * <p>The record is written before there is a master key, and once more, with the key's fingerprint, after. So a master
 * key without a record was never left behind by a crash: somebody lost the record.
 */
final class KeyState {
    private static final String RESTORE = " Restore %s from a backup, or start over with a new master key.";

    private final MasterKeyStore master;
    private final KeyRecord record;
    private final String problem;

    private KeyState(MasterKeyStore master, KeyRecord record, String problem) {
        this.master = master;
        this.record = record;
        this.problem = problem;
    }

    static KeyState load() {
        MasterKeyStore master = new MasterKeyStore();
        KeyRecord record = new KeyRecord();
        String problem;
        try {
            boolean recorded = KeyRecord.exists();
            if (recorded) {
                record = KeyRecord.read();
            }
            problem = problem(master, record, recorded);
        } catch (IOException e) {
            problem = "The builder keys can't be read: " + e.getMessage() + "."
                    + String.format(RESTORE, "builder-farm-keys.xml and Jenkins's secrets");
        }
        return new KeyState(master, record, problem);
    }

    private static String problem(MasterKeyStore master, KeyRecord record, boolean recorded) throws IOException {
        boolean stored = master.isStored();
        if (stored && !recorded) {
            return "The record of the builder keys, builder-farm-keys.xml, is gone, and with it which of them were"
                    + " revoked." + String.format(RESTORE, "it");
        }
        if (record.fingerprint() == null) {
            return null;
        }
        if (!stored) {
            return "The builder keys' master key is gone from Jenkins's secrets, or can't be decrypted."
                    + String.format(RESTORE, "Jenkins's secrets");
        }
        return Objects.equals(record.fingerprint(), master.fingerprint())
                ? null
                : "The builder keys' master key isn't the one that machines have keys of."
                        + String.format(RESTORE, "Jenkins's secrets");
    }

    static KeyState startOver() throws IOException {
        // The key first: with the old key and a new record, revoked generations would be valid again.
        new MasterKeyStore().replace();
        return new KeyState(new MasterKeyStore(), new KeyRecord(), null).makeMasterKey();
    }

    static KeyState replacedBy(MovedKeys moved) throws IOException {
        // The record first: a crash in between leaves a record that isn't the key's, which lets nobody in.
        KeyRecord record = new KeyRecord().with(MasterKeyStore.fingerprint(moved.masterKey()));
        for (Map.Entry<String, List<Generation>> entry : moved.hostTypes().entrySet()) {
            record = record.with(entry.getKey(), entry.getValue());
        }
        record.write();
        new MasterKeyStore().replace(moved.masterKey());
        return load();
    }

    MovedKeys movable() throws IOException {
        return new MovedKeys(master.bytes(), record.all());
    }

    /** The first use makes it. */
    KeyState makeMasterKey() throws IOException {
        record.write();
        return save(record.with(master.fingerprint()));
    }

    KeyState save(KeyRecord changed) throws IOException {
        changed.write();
        return new KeyState(master, changed, null);
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    boolean isReady() {
        return problem == null && record.fingerprint() != null;
    }

    KeyRecord record() {
        return record;
    }

    byte[] mac(byte[] message) {
        return master.mac(message);
    }
}
