package io.jenkins.plugins.builderfarm.cloud;

import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps some machines of each host type leased and connected ahead of need. Stateless; used by the matcher's thread. */
final class Spares {
    /** A spare is made anew after this, so that no agent waits for days with what it has piled up. */
    private static final Duration REFRESH = Duration.ofMinutes(30);

    /** A lease whose item was served elsewhere, or left the queue, is kept this long for the next one. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private Spares() {}

    /**
     * @param left leases that no build has taken and nobody waits for
     * @param unserved who waits for a machine in vain
     */
    static void keep(Collection<LeasedNode> left, Collection<Want> unserved) {
        Map<String, List<LeasedNode>> byHostType = new HashMap<>();
        left.forEach(node -> byHostType
                .computeIfAbsent(node.hostType(), name -> new ArrayList<>())
                .add(node));
        long now = System.currentTimeMillis();
        for (HostType hostType : BuilderFarmConfiguration.get().getHostTypes()) {
            List<LeasedNode> spares = byHostType.remove(hostType.getName());
            keep(hostType, spares == null ? List.of() : spares, isShort(hostType, unserved), now);
        }
        // Of a host type that is no longer configured.
        byHostType
                .values()
                .forEach(nodes -> nodes.forEach(node -> LeaseEndings.giveBack(node, "its host type is gone")));
    }

    private static void keep(HostType hostType, List<LeasedNode> spares, boolean isShort, long now) {
        int wanted = hostType.isDisabled() || isShort
                ? 0
                : hostType.reversePool().map(ReversePool::getSpares).orElse(0);
        for (LeasedNode node : SparePlan.toGiveBack(
                spares, LeasedNode::sinceMillis, wanted, isShort || hostType.isDisabled(), now, LINGER, REFRESH)) {
            LeaseEndings.giveBack(node, "no longer wanted as a spare");
        }
        for (int have = spares.size(); have < wanted; have++) {
            LeasedNode node = LeaseMaker.lease(hostType.hostTypeName());
            if (node == null) {
                return;
            }
            Warming.whenOnline(node);
        }
    }

    /** Somebody waits for a machine of that host type whom none of its spares serves. */
    private static boolean isShort(HostType hostType, Collection<Want> unserved) {
        return unserved.stream().anyMatch(want -> want.hostTypes().stream()
                .anyMatch(type -> type.getName().equals(hostType.getName())));
    }
}
