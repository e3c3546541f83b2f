package io.jenkins.plugins.builderfarm.stage0;

import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name that the operating system has for this machine. Stateless. */
final class MachineHostname {
    private MachineHostname() {}

    /** @throws UsageException if there is none that can serve, which {@code -hostname} then must */
    static Hostname find() throws UsageException {
        String name = ask();
        try {
            return new Hostname(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "this machine's own name can't be used, so flag -hostname is needed: " + e.getMessage(), e);
        }
    }

    private static String ask() throws UsageException {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // Java wants an address too; the message starts with the name that has none.
            String message = e.getMessage();
            int colon = message == null ? -1 : message.indexOf(':');
            if (colon > 0) {
                return message.substring(0, colon);
            }
            throw new UsageException("this machine doesn't know its own name, so flag -hostname is needed", e);
        }
    }
}
