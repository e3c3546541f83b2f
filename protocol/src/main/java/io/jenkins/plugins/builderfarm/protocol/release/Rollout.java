package io.jenkins.plugins.builderfarm.protocol.release;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * A share of a channel's machines gets another release than the channel's own.
 *
 * @param percent 0 to 100; raising it keeps every machine that is already in
 * @param hostTypes whose machines can be in; empty: every host type's that follows the channel
 */
public record Rollout(String channel, Version release, int percent, Set<HostTypeName> hostTypes) {
    public static final int ALL = 100;

    /** A roll-out to machines of every host type. */
    public Rollout(String channel, Version release, int percent) {
        this(channel, release, percent, Set.of());
    }

    /** @throws IllegalArgumentException if the percentage isn't one */
    public Rollout {
        hostTypes = Collections.unmodifiableSet(new TreeSet<>(hostTypes));
        if (percent < 0 || percent > ALL) {
            throw new IllegalArgumentException("the roll-out of " + release + " in channel " + channel + " is "
                    + percent + " percent, which is not between 0 and " + ALL);
        }
    }

    /**
     * Whether a machine is in: by a hash of machine and release, so that a machine's answer never changes while the
     * percentage stands, and not the same machines go first every time.
     */
    public boolean includes(MachineId machine) {
        if (!hostTypes.isEmpty() && !hostTypes.contains(machine.hostType())) {
            return false;
        }
        String text = machine + "|" + release;
        byte[] digest = HexFormat.of()
                .parseHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex());
        return Integer.remainderUnsigned(ByteBuffer.wrap(digest).getInt(), ALL) < percent;
    }
}
