package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.DescriptorVisibilityFilter;

/** Keeps what the farm makes by itself out of the lists from which people choose clouds, launchers and strategies. */
@Extension
public final class HiddenDescriptors extends DescriptorVisibilityFilter {
    @Override
    @SuppressWarnings("rawtypes") // as it is inherited
    public boolean filter(@CheckForNull Object context, Descriptor descriptor) {
        return !(descriptor instanceof ReversePoolCloud.DescriptorImpl
                || descriptor instanceof CloudOrigin.DescriptorImpl
                || descriptor instanceof LeaseLauncher.DescriptorImpl
                || descriptor instanceof LeaseRetention.DescriptorImpl
                || descriptor instanceof LeasedNode.DescriptorImpl);
    }
}
