package io.jenkins.plugins.builderfarm.config;

import hudson.XmlFile;
import hudson.model.listeners.SaveableListener;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the configuration is kept in on disk: knows what was written last, and whether it could be. Thread-safe. */
final class ConfigurationFile {
    private static final Logger LOGGER = Logger.getLogger(ConfigurationFile.class.getName());

    private final EntryTexts texts = new EntryTexts();
    private volatile FarmXml written;

    /** Why the last one could not be written; empty if it was. */
    private volatile String failure = "";

    /** What would be written. */
    FarmXml xml(BuilderFarmConfiguration farm) {
        return texts.of(farm);
    }

    /** As Jenkins does it, but that only those entries are written anew that changed. A failure is logged, as there. */
    synchronized void write(BuilderFarmConfiguration farm, XmlFile file) {
        try {
            written = xml(farm);
            ConfigurationXml.write(written, file.getFile());
            failure = "";
            SaveableListener.fireOnChange(farm, file);
        } catch (IOException | RuntimeException e) {
            // XmlFile takes any exception of XStream's for this, too.
            failure = Objects.requireNonNullElse(e.getMessage(), e.toString());
            LOGGER.log(Level.WARNING, e, () -> "Failed to save " + file);
        }
    }

    /** What was written last since Jenkins started, or should have been if the disk was full; empty if there was nothing. */
    Optional<FarmXml> written() {
        return Optional.ofNullable(written);
    }

    /** For people: that what is in use is not on disk, and why. */
    Optional<String> problem() {
        return failure.isEmpty()
                ? Optional.empty()
                : Optional.of("The last change could not be saved and will be gone when Jenkins starts again: "
                        + failure + ". Once that is mended, save anything of the farm.");
    }
}
