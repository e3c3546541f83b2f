package io.jenkins.plugins.builderfarm.keys;

import hudson.XmlFile;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/**
 * What is kept of builder keys beside the master key, and no secret: which master key it belongs to, and the host types
 * that have more than the first generation. Never changed in place.
 */
final class KeyRecord {
    private static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("builderKeys", KeyRecord.class);
        XSTREAM.alias("generation", Generation.class);
    }

    private String fingerprint;
    private TreeMap<String, ArrayList<Generation>> hostTypes = new TreeMap<>();

    private static XmlFile file() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), "builder-farm-keys.xml"));
    }

    static boolean exists() {
        return file().exists();
    }

    /** @throws IOException if the file is there and can't be read as a whole */
    static KeyRecord read() throws IOException {
        if (file().read() instanceof KeyRecord record && record.hostTypes != null) {
            return record;
        }
        throw new IOException(file() + " holds something else");
    }

    void write() throws IOException {
        file().write(this);
    }

    /** Null as long as no master key was made. */
    String fingerprint() {
        return fingerprint;
    }

    /** @param fingerprint of the master key that it belongs to */
    KeyRecord with(String fingerprint) {
        KeyRecord changed = copy();
        changed.fingerprint = fingerprint;
        return changed;
    }

    List<Generation> generations(String hostType) {
        List<Generation> generations = hostTypes.get(hostType);
        return generations == null ? List.of(Generation.first()) : List.copyOf(generations);
    }

    /** Host types that have more than the first generation, or had it revoked. */
    Map<String, List<Generation>> all() {
        return new TreeMap<>(hostTypes);
    }

    KeyRecord with(String hostType, List<Generation> generations) {
        KeyRecord changed = copy();
        changed.hostTypes.put(hostType, new ArrayList<>(generations));
        return changed;
    }

    private KeyRecord copy() {
        KeyRecord copy = new KeyRecord();
        copy.fingerprint = fingerprint;
        copy.hostTypes = new TreeMap<>(hostTypes);
        return copy;
    }
}
