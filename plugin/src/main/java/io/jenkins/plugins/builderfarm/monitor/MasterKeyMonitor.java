package io.jenkins.plugins.builderfarm.monitor;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.verb.POST;

/** Says that no machine is let in because the builder keys' store is missing or damaged, and offers the way out. */
@Extension
@Symbol("builderFarmMasterKey")
public final class MasterKeyMonitor extends AdministrativeMonitor {
    @Override
    public String getDisplayName() {
        return "Builder Farm: builder keys";
    }

    @Override
    public boolean isActivated() {
        return BuilderKeys.get().problem().isPresent();
    }

    @Override
    public boolean isSecurity() {
        return true;
    }

    /** For the view; null if all is well. */
    public String getProblem() {
        return BuilderKeys.get().problem().orElse(null);
    }

    /** Only while something is wrong: with sound keys it would lock every machine out. */
    @POST
    public HttpResponse doStartOver() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (isActivated()) {
            BuilderKeys.get().startOver();
        }
        return HttpRedirect.fromContextPath("manage");
    }
}
