package io.jenkins.plugins.builderfarm.stage0.service;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the owner wants of {@code install-service}, beyond what every start is told.
 *
 * @param home empty: looked up, or the system's usual place
 * @param java the program; empty: the one that runs now
 * @param jar stage0's; empty: the one that runs now
 * @param keyFile where the builder key is; empty: the usual places
 * @param write whether to put the definition into the system's place
 * @param out a file to put it into
 * @param force whether a file that is there may be replaced
 */
public record InstallRequest(
        ServiceSystem system,
        String name,
        String user,
        Optional<String> home,
        Optional<String> java,
        Optional<String> jar,
        Optional<String> keyFile,
        Optional<String> memory,
        Optional<String> cpu,
        boolean write,
        Optional<Path> out,
        boolean force) {
    /** @throws IllegalArgumentException if these don't go together */
    public InstallRequest {
        if (write && out.isPresent()) {
            throw new IllegalArgumentException("-write and -out name two places for one definition");
        }
        if (force && !write && out.isEmpty()) {
            throw new IllegalArgumentException("-force means nothing without -write or -out");
        }
        if (system != ServiceSystem.SYSTEMD && (memory.isPresent() || cpu.isPresent())) {
            throw new IllegalArgumentException(
                    "-memory-max and -cpu-quota are for systemd; " + system + " limits its services elsewhere");
        }
    }
}
