package io.jenkins.plugins.builderfarm.releases;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.AtomicFileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The newest manifest that was ever verified, kept in a file so that a restart doesn't open the door for an older one.
 *
 * @param address where it came from: another bucket starts anew
 */
record KnownManifest(
        String address, String envelope, @CheckForNull String etag) {
    private static final Logger LOGGER = Logger.getLogger(KnownManifest.class.getName());

    /** Empty if there is none, or none that can be read. */
    static Optional<KnownManifest> load(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            KnownManifest known =
                    new Gson().fromJson(Files.readString(file, StandardCharsets.UTF_8), KnownManifest.class);
            return Optional.ofNullable(known).filter(one -> one.address() != null && one.envelope() != null);
        } catch (IOException | JsonParseException e) {
            LOGGER.log(Level.WARNING, e, () -> "The last known manifest can't be read; it is asked for anew");
            return Optional.empty();
        }
    }

    void save(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (AtomicFileWriter writer = new AtomicFileWriter(file, StandardCharsets.UTF_8)) {
            writer.write(new Gson().toJson(this));
            writer.commit();
        }
    }
}
