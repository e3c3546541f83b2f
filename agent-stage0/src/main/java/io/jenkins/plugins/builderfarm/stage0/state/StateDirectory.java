package io.jenkins.plugins.builderfarm.stage0.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Where stage0 keeps what it must not forget. Each file has one writer: {@link #slots} and {@link #progress} are the
 * waiting process's, {@link #envelope}, {@link #fetched} and {@link #outcome} the fetching one's.
 */
public record StateDirectory(Path path) {
    private static final String LOCK = "lock";
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

    /** Makes the directory, for its owner alone, if it isn't there. */
    public void create() throws IOException {
        create(path);
        create(jarDirectory());
    }

    private static void create(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw new NotDirectoryException(e.getFile());
        }
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !Files.getPosixFilePermissions(directory).equals(OWNER_ALONE)) {
            // Who can write here decides what runs on this machine.
            Files.setPosixFilePermissions(directory, OWNER_ALONE);
        }
    }

    /** Whether anything could be read here. */
    public boolean isThere() {
        return Files.isDirectory(jarDirectory());
    }

    private Path jarDirectory() {
        return path.resolve("jars");
    }

    public JarStore jars() {
        return new JarStore(jarDirectory());
    }

    /** Which releases are here, and how the newest fares. */
    public StateFile slots() {
        return new StateFile(path.resolve("slots"));
    }

    /** What the buildlet says of its own progress, a line each. */
    public Path progress() {
        return path.resolve("progress");
    }

    /** The newest manifest that was verified, in its signed envelope. */
    public Path envelope() {
        return path.resolve("manifest.json");
    }

    /** Where that came from, and the serials seen. */
    public StateFile fetched() {
        return new StateFile(path.resolve("manifest"));
    }

    /** The certificates that are trusted, if the owner added some. */
    public Path trusted() {
        return path.resolve("trusted");
    }

    /** How the latest fetch ended. */
    public StateFile outcome() {
        return new StateFile(path.resolve("fetch"));
    }

    /** Held while a stage0 is at work here; it may be there without anybody holding it. */
    public Path lockFile() {
        return path.resolve(LOCK);
    }

    /**
     * Keeps a second stage0 out, until it is closed or the process ends in whatever way.
     *
     * @return empty if another process has it
     */
    public Optional<Closeable> lock() throws IOException {
        return lock(LOCK);
    }

    /** Keeps a second fetch out: one whose parent was killed may live a moment longer. */
    public Optional<Closeable> lockFetch() throws IOException {
        return lock("fetch.lock");
    }

    private Optional<Closeable> lock(String name) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock();
            locked = lock != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? Optional.of(channel) : Optional.empty();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
