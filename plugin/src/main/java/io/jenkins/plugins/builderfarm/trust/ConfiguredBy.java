package io.jenkins.plugins.builderfarm.trust;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Job;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import hudson.security.ACL;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Remembers of a job that somebody configured it last who may not administer the farm: then its being listed says
 * nothing of what it runs now. In a file beside the job's configuration, so it moves and goes with the job, and the job's
 * own configuration can't say otherwise.
 */
@Extension
public final class ConfiguredBy extends SaveableListener {
    private static final Logger LOGGER = Logger.getLogger(ConfiguredBy.class.getName());
    private static final String FILE = "builder-farm-configured-by.txt";

    /** Who configured the job last and may not administer the farm; null if nobody did. */
    @CheckForNull
    public static String outsider(Job<?, ?> job) {
        Path file = file(job);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " can't be read");
            return "somebody";
        }
    }

    /** The farm itself wrote the job's configuration. */
    public static void forget(Job<?, ?> job) throws IOException {
        Files.deleteIfExists(file(job));
    }

    private static Path file(Job<?, ?> job) {
        return job.getRootDir().toPath().resolve(FILE);
    }

    /** In the thread of who saves. What Jenkins itself saves, a branch's job for one, changes nothing. */
    @Override
    public void onChange(Saveable object, XmlFile xml) {
        Authentication who = Jenkins.getAuthentication2();
        if (!(object instanceof Job<?, ?> job) || who.equals(ACL.SYSTEM2)) {
            return;
        }
        Path file = file(job);
        Path directory = file.getParent();
        try {
            if (Starter.mayVouch(who)) {
                Files.deleteIfExists(file);
            } else if (directory != null && Files.isDirectory(directory)) {
                Files.writeString(file, who.getName());
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Who configured job " + job.getFullName() + " could not be kept");
        }
    }
}
