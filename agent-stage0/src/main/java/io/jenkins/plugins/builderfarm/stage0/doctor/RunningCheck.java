package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.stage0.Explain;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which of the two directories are in use. The system lets go of a lock with the process that held it, so a lock file that
 * nobody holds is harmless.
 */
record RunningCheck(Path stateLock, Path work) implements Check {
    @Override
    public String name() {
        return "running";
    }

    @Override
    public Finding run() {
        boolean stage0;
        boolean buildlet;
        try {
            stage0 = held(stateLock);
            buildlet = held(work.resolve(WorkCheck.MARKER));
        } catch (IOException e) {
            return Finding.warn(
                    "can't tell whether a stage0 is running: " + Explain.of(e),
                    "run the doctor as the user that stage0 runs as");
        }
        if (buildlet && !stage0) {
            return Finding.warn(
                    work + " is used by a stage0 with another -state",
                    "end that one, or give each a -hostname, a -state and a -workdir of its own");
        }
        return Finding.ok(
                stage0
                        ? "a stage0 is at work in " + stateLock.getParent()
                                + " (a second one would need a -hostname, a -state and a -workdir of its own)"
                        : "no stage0 is at work here");
    }

    /** Never makes the file: one that root made would keep stage0's own user out. */
    private static boolean held(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }
}
