package io.jenkins.plugins.builderfarm.buildlet.support;

import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.security.SecureRandom;

/** Names of leases for tests that end a lease's processes: another run of the same test may be under way. */
public final class TestLease {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TestLease() {}

    /** A name never used before. */
    public static LeaseId next() {
        return new LeaseId("host-linux-test-" + String.format("%012x", RANDOM.nextLong() >>> 16));
    }
}
