package io.jenkins.plugins.builderfarm.keys;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What moves to another controller: the master key, and which generations there are, since else revoked ones would be
 * valid there again. Immutable.
 */
final class MovedKeys {
    private static final Gson GSON = new Gson();
    private static final int SHORTEST_KEY = 32;

    private final byte[] masterKey;
    private final Map<String, List<Generation>> hostTypes;

    MovedKeys(byte[] masterKey, Map<String, List<Generation>> hostTypes) {
        this.masterKey = masterKey.clone();
        this.hostTypes = new TreeMap<>(hostTypes);
    }

    private record Document(int format, String masterKey, Map<String, List<Generation>> hostTypes) {
        static final int FORMAT = 1;
    }

    byte[] masterKey() {
        return masterKey.clone();
    }

    Map<String, List<Generation>> hostTypes() {
        return hostTypes;
    }

    String toJson() {
        return GSON.toJson(new Document(Document.FORMAT, Base64.getEncoder().encodeToString(masterKey), hostTypes));
    }

    /** @throws IllegalArgumentException if it isn't what {@link #toJson} made */
    static MovedKeys parse(String json) {
        try {
            Document document = GSON.fromJson(json, Document.class);
            if (document == null
                    || document.format() != Document.FORMAT
                    || document.masterKey() == null
                    || document.hostTypes() == null) {
                throw new IllegalArgumentException("the exported master key is of another version of the plugin");
            }
            byte[] key = Base64.getDecoder().decode(document.masterKey());
            if (key.length < SHORTEST_KEY) {
                throw new IllegalArgumentException("the exported master key is too short");
            }
            Map<String, List<Generation>> checked = new TreeMap<>();
            document.hostTypes().forEach((name, generations) -> checked.put(name, checked(name, generations)));
            return new MovedKeys(key, checked);
        } catch (JsonParseException | DateTimeException e) {
            throw new IllegalArgumentException("the exported master key is damaged: " + e.getMessage(), e);
        }
    }

    private static List<Generation> checked(String hostType, List<Generation> generations) {
        List<Generation> checked = new ArrayList<>();
        for (Generation generation : generations == null ? List.<Generation>of() : generations) {
            if (generation == null) {
                throw new IllegalArgumentException("the export has an empty generation of " + hostType);
            }
            // Instants that can't be read throw here, not years later on a page.
            generation.startedAt();
            generation.revokedAt();
            if (generation.getNumber() != checked.size() + 1) {
                throw new IllegalArgumentException(
                        "the exported generations of " + hostType + " are not 1, 2, 3 and so on");
            }
            checked.add(generation);
        }
        if (checked.isEmpty()) {
            throw new IllegalArgumentException("the export has no generation of " + hostType);
        }
        return checked;
    }
}
