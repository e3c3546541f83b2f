package io.jenkins.plugins.builderfarm.history;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ConfigurationListener;
import io.jenkins.plugins.builderfarm.keys.KeysListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Writes down every change of the configuration and every use of the keys: who, when, how, what. Thread-safe. */
@Extension
public final class ConfigurationHistory implements ConfigurationListener, KeysListener {
    private static final Logger LOGGER = Logger.getLogger(ConfigurationHistory.class.getName());
    private static final int KEPT = 500;

    /** Guarded by this. */
    private ChangeFile file;

    /** What was saved last. Guarded by this. */
    private Picture before = Picture.NOTHING;

    public static ConfigurationHistory get() {
        return ExtensionList.lookupSingleton(ConfigurationHistory.class);
    }

    /** Before configuration as code changes it, so that this counts as a change too. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void start() {
        ConfigurationHistory history = get();
        synchronized (history) {
            history.before = Picture.of(BuilderFarmConfiguration.get().toXml());
        }
    }

    /** The latest first. */
    public synchronized List<Change> latest() {
        return file().latest();
    }

    @Override
    public synchronized void changed(BuilderFarmConfiguration configuration) {
        // If no XML could be made of it, nothing was saved, either, and Jenkins's log says why.
        configuration.savedXml().map(Picture::of).ifPresent(this::compare);
    }

    private void compare(Picture after) {
        try {
            List<ItemChange> items = ItemChange.between(before, after);
            if (!items.isEmpty()) {
                add(Origin.here(), items);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "A change of the farm's configuration can't be told");
        }
        before = after;
    }

    @Override
    public void changed() {
        // What changed is said to audited().
    }

    @Override
    public synchronized void audited(String what) {
        add(what, List.of());
    }

    private void add(String how, List<ItemChange> items) {
        try {
            file().add(new Change(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    Jenkins.getAuthentication2().getName(),
                    how,
                    items));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "A change of the farm's configuration could not be recorded");
        }
    }

    private ChangeFile file() {
        if (file == null) {
            Path home = Jenkins.get().getRootDir().toPath();
            file = new ChangeFile(home.resolve("builder-farm").resolve("changes.jsonl"), KEPT);
        }
        return file;
    }
}
