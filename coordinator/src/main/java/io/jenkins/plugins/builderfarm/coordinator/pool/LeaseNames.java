package io.jenkins.plugins.builderfarm.coordinator.pool;

import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.security.SecureRandom;

/**
 * Makes names for leases. Jenkins derives an agent's secret from its name, so one that came back would bring an old
 * secret back to life: 60 random bits make sure that none ever does.
 */
final class LeaseNames {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 12;

    private final SecureRandom random;

    LeaseNames(SecureRandom random) {
        this.random = random;
    }

    LeaseId next(HostTypeName hostType) {
        StringBuilder name = new StringBuilder(hostType.value()).append('-');
        for (int i = 0; i < LENGTH; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new LeaseId(name.toString());
    }
}
