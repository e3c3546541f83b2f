package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.Label;
import hudson.model.LabelFinder;
import hudson.model.Node;
import hudson.model.labels.LabelAtom;
import hudson.slaves.AbstractCloudSlave;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
        Set<LabelAtom> own = Label.parse(node.getLabelString());
        CloudOrigin origin = node.getNodeProperties().get(CloudOrigin.class);
        return BuilderFarmConfiguration.get().getHostTypes().stream()
                .filter(type -> type.getSource() instanceof ExistingCloud source && isOf(source, own, origin))
                .toList();
    }

    private static boolean isOf(ExistingCloud source, Set<LabelAtom> own, CloudOrigin origin) {
        Label label = Label.get(source.getLabel());
        if (label == null || !label.matches(own)) {
            return false;
        }
        if (origin != null) {
            return origin.getCloud().equals(source.getCloud());
        }
        // The cloud may have made it in a way that Jenkins wasn't told of: then it must be the only one that could.
        Set<String> able = label.getClouds().stream()
                .filter(cloud -> !(cloud instanceof ReversePoolCloud))
                .map(cloud -> cloud.name)
                .collect(Collectors.toSet());
        return able.equals(Set.of(source.getCloud()));
    }
}
