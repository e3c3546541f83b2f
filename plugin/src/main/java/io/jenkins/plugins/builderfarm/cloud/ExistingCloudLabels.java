package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.LabelFinder;
import hudson.model.Node;
import hudson.model.labels.LabelAtom;
import hudson.slaves.AbstractCloudSlave;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives the nodes of other clouds the labels of the host types that those clouds serve. Asked for every node whenever
 * labels are worked out, with the queue's lock held.
 */
@Extension
public final class ExistingCloudLabels extends LabelFinder {
    @Override
    public Collection<LabelAtom> findLabels(Node node) {
        Set<LabelAtom> labels = new LinkedHashSet<>();
        for (HostType hostType : hostTypes(node)) {
            FarmLabels.get().labels(hostType.getName()).forEach(name -> labels.add(new LabelAtom(name)));
        }
        return labels;
    }

    /** The host types that a node which another cloud made is of; none for any other node. */
    static List<HostType> hostTypes(Node node) {
        if (!(node instanceof AbstractCloudSlave) || node instanceof LeasedNode) {
            return List.of();
        }
        Set<String> own = new HashSet<>(Arrays.asList(node.getLabelString().split("\\s+")));
        return BuilderFarmConfiguration.get().getHostTypes().stream()
                .filter(type -> type.getSource() instanceof ExistingCloud source && own.contains(source.getLabel()))
                .toList();
    }
}
