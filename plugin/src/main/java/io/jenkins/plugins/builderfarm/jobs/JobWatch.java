package io.jenkins.plugins.builderfarm.jobs;

import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Saveable;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Notices when a template changes, and when one of the farm's jobs moves. */
@Extension(ordinal = -100)
public final class JobWatch extends SaveableListener {
    private static final Logger LOGGER = Logger.getLogger(JobWatch.class.getName());

    @Override
    public void onChange(Saveable object, XmlFile file) {
        if (object instanceof Job<?, ?> job && isTemplate(job.getFullName())) {
            Reconciler.get().wake();
        }
    }

    private static boolean isTemplate(String fullName) {
        return BuilderFarmConfiguration.get().getBuilders().stream()
                .anyMatch(builder -> builder.getTemplate().equals(fullName));
    }

    /** A job that moves stays the farm's, under a seal for its new name. */
    @Extension
    public static final class Moves extends ItemListener {
        @Override
        public void onLoaded() {
            Reconciler.get().wake();
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            if (item instanceof Job<?, ?> job) {
                FarmJob mark = job.getProperty(FarmJob.class);
                if (mark != null && mark.isGenuine(oldFullName)) {
                    try {
                        JobWriter.remark(job, FarmJob.sealed(mark.owner(), newFullName));
                    } catch (IOException e) {
                        LOGGER.log(Level.WARNING, e, () -> "Job " + newFullName + " could not be marked anew");
                    }
                }
            }
        }
    }
}
