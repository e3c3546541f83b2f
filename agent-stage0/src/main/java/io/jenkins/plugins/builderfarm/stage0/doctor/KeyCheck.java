package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.protocol.key.KeyFile;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Whether the builder key is there, whole, this host type's, and nobody else's to read. The key is never shown. */
record KeyCheck(Map<String, String> environment, Path home, HostTypeName hostType) implements Check {
    private static final String DELETE = "BUILDER_KEY_DELETE_AFTER_READ";

    @Override
    public String name() {
        return "key";
    }

    @Override
    public Finding run() {
        Map<String, String> harmless = new TreeMap<>(environment);
        // That is for the start, not for who only looks.
        harmless.remove(DELETE);
        KeyFile file;
        try {
            file = KeyFile.find(harmless, home, hostType);
        } catch (IOException e) {
            return Finding.fail(e.getMessage(), "without it nothing is started (exit code 3)");
        }
        String found = file.path() + " holds the " + file.key();
        if (!file.warnings().isEmpty()) {
            return Finding.warn(found, String.join("; ", file.warnings()));
        }
        return Finding.ok(found);
    }
}
