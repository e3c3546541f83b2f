package io.jenkins.plugins.builderfarm.releases;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import org.jenkinsci.Symbol;

/** Tells administrators when the bucket of buildlet releases can't be checked. */
@Extension
@Symbol("builderFarmReleases")
public final class ReleaseNotice extends AdministrativeMonitor {
    @Override
    public String getDisplayName() {
        return "Buildlet releases can't be checked";
    }

    @Override
    public boolean isActivated() {
        return ReleasePoller.get().problem().isPresent();
    }

    /** For the view. */
    public String getProblem() {
        return ReleasePoller.get().problem().orElse("");
    }
}
