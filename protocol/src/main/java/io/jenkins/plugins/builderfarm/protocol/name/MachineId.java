package io.jenkins.plugins.builderfarm.protocol.name;

import java.util.Objects;

/** What a machine is known by: its host type and its hostname. Prints as {@code host-linux-mips64/board3}. */
public record MachineId(HostTypeName hostType, Hostname hostname) implements Comparable<MachineId> {
    public MachineId {
        Objects.requireNonNull(hostType, "hostType");
        Objects.requireNonNull(hostname, "hostname");
    }

    /** @throws IllegalArgumentException if the text isn't {@code HOST_TYPE/HOSTNAME} */
    public static MachineId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "machine " + Names.quote(text) + " is not of the form HOST_TYPE/HOSTNAME");
        }
        return new MachineId(new HostTypeName(text.substring(0, slash)), new Hostname(text.substring(slash + 1)));
    }

    @Override
    public int compareTo(MachineId other) {
        int byType = hostType.compareTo(other.hostType);
        return byType != 0 ? byType : hostname.compareTo(other.hostname);
    }

    @Override
    public String toString() {
        return hostType + "/" + hostname;
    }
}
