package io.jenkins.plugins.builderfarm.buildlet;

import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.log.Reasons;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Tells stage0 how far this buildlet came, a line appended each time, so that it knows after a crash too.
 *
 * @param file empty: nobody wants to know
 */
record Progress(Optional<Path> file, Log log) {
    void dialledIn() {
        append("dialled-in");
    }

    void leased(LeaseId lease) {
        append("leased " + lease);
    }

    /** The agent ran for the lease and all was cleaned up. */
    void released(LeaseId lease) {
        append("released " + lease);
    }

    private void append(String line) {
        if (file.isEmpty()) {
            return;
        }
        try {
            Files.writeString(file.get(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            log.line("can't write the progress file " + file.get() + ": " + Reasons.of(e));
        }
    }
}
