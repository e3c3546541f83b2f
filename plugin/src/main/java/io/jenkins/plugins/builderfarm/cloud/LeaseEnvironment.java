package io.jenkins.plugins.builderfarm.cloud;

import io.jenkins.plugins.builderfarm.trust.Review;
import java.util.Map;

/** The variables that a build finds on a leased machine. Stateless. */
final class LeaseEnvironment {
    private LeaseEnvironment() {}

    static Map<String, String> of(LeasedNode node) {
        Usage usage = node.usage();
        Map<String, String> env = BuilderEnvironment.of(node.hostType(), usage == null ? null : usage.asked());
        env.put("BUILDER_MACHINE", node.machine().hostname().value());
        env.put("BUILDLET_VERSION", node.buildlet());
        env.put("BUILDER_TRUST", (usage == null ? Review.UNKNOWN : usage.review()).variable());
        return env;
    }
}
