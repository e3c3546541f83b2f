package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import hudson.slaves.Cloud;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Why an item waits for a machine of another cloud. Jenkins shows a reason of ours only for what it doesn't try to serve;
 * so there is one just while nothing is ordered, and none while something could be. Stateless.
 */
final class CloudWait {
    private CloudWait() {}

    /** Whether the label asks for host types, and all of them are on other clouds. */
    static boolean isFor(@CheckForNull Label label) {
        List<HostType> hostTypes = FarmLabels.get().hostTypes(label);
        return !hostTypes.isEmpty() && hostTypes.stream().allMatch(type -> type.getSource() instanceof ExistingCloud);
    }

    /**
     * @param allowed the host types on other clouds that an item with that label may use
     * @return null if an order can be given, or there is an executor for it
     */
    @CheckForNull
    static WaitReason of(Label label, List<HostType> allowed) {
        List<String> reasons = new ArrayList<>();
        for (HostType hostType : allowed) {
            String reason = hostType.getSource() instanceof ExistingCloud source ? reason(hostType, source) : null;
            if (reason == null) {
                return null;
            }
            reasons.add(reason);
        }
        return reasons.isEmpty() || label.getIdleExecutors() > 0 ? null : new WaitReason(String.join("; ", reasons));
    }

    @CheckForNull
    private static String reason(HostType hostType, ExistingCloud source) {
        if (hostType.isDisabled()) {
            return "host type " + hostType.getName() + " is disabled";
        }
        Cloud cloud = ExistingClouds.find(source);
        if (cloud == null) {
            return "there is no cloud " + source.getCloud() + ", which host type " + hostType.getName() + " is on";
        }
        if (!ExistingClouds.canProvision(cloud, new Cloud.CloudState(Label.get(source.getLabel()), 0))) {
            return "cloud " + cloud.name + " does not serve label " + source.getLabel() + " of host type "
                    + hostType.getName();
        }
        return CloudTroubles.get()
                .of(hostType)
                .map(trouble -> "cloud " + cloud.name + " " + trouble.kind().words() + " (host type "
                        + hostType.getName() + ", asked at "
                        + trouble.at().truncatedTo(ChronoUnit.SECONDS) + ")")
                .orElse(null);
    }
}
