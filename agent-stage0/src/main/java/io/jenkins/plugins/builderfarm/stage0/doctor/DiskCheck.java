package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether there is room for builds, and for two buildlets.
 *
 * @param least free bytes below which the buildlet would take no work
 */
record DiskCheck(Path work, Path state, long least) implements Check {
    private static final int MIB = 20;
    /** Two buildlets, a download and the log lines of a year. */
    private static final long LEAST_STATE = 50L << MIB;

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public Finding run() throws IOException {
        long forWork = free(work);
        long forState = free(state);
        String found = (forWork >> MIB) + " MiB are free for builds, " + (forState >> MIB) + " MiB for stage0";
        if (forWork < least) {
            return Finding.fail(
                    found,
                    (least >> MIB) + " MiB are needed for a machine to get work: make room in " + work
                            + " or name another -workdir");
        }
        if (forState < LEAST_STATE) {
            return Finding.fail(found, (LEAST_STATE >> MIB) + " MiB are needed in " + state);
        }
        return Finding.ok(found);
    }

    private static long free(Path directory) throws IOException {
        return Files.getFileStore(Directories.nearest(directory)).getUsableSpace();
    }
}
