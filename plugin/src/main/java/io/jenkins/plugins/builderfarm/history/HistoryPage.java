package io.jenkins.plugins.builderfarm.history;

import hudson.model.ModelObject;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import java.util.List;
import org.kohsuke.stapler.StaplerProxy;

/** {@code /builders/history}: who changed the configuration, for who may see it. */
public final class HistoryPage implements ModelObject, StaplerProxy {
    @Override
    public Object getTarget() {
        FarmPermissions.checkMaySeeSettings();
        return this;
    }

    @Override
    public String getDisplayName() {
        return "History of the configuration";
    }

    /** For the view. */
    public List<Change> getChanges() {
        return ConfigurationHistory.get().latest();
    }
}
