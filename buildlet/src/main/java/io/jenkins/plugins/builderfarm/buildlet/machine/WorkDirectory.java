package io.jenkins.plugins.builderfarm.buildlet.machine;

import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory in which builds work. All of it is thrown away after every lease, so it must be ours: a file in it says
 * that it is, and a directory of someone else's is never touched. That file is also locked, so that two buildlets never
 * empty each other's. Not thread-safe.
 */
public final class WorkDirectory implements AutoCloseable {
    /** The file that marks the directory as ours. */
    static final String MARKER = ".builder-farm-work";

    private static final String TEMPORARY = "tmp";

    private final Path path;

    private FileChannel lock;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes the directory unless it is there.
     *
     * @throws IOException if it can't be used; the message names it and says why
     */
    public static WorkDirectory open(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the work directory " + absolute + " is a file", e);
        }
        Path real = absolute.toRealPath();
        WorkDirectory directory = new WorkDirectory(real);
        if (!Files.isRegularFile(directory.marker(), LinkOption.NOFOLLOW_LINKS)) {
            if (!directory.entries().isEmpty()) {
                throw new IOException("the work directory " + real + " holds files that are not the buildlet's; it is"
                        + " emptied after every build, so give it an empty one with -workdir");
            }
            Files.writeString(directory.marker(), "The buildlet removes everything in this directory after a build.\n");
        }
        directory.lock();
        if (Files.getFileStore(real).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
        }
        return directory;
    }

    private void lock() throws IOException {
        FileChannel channel = FileChannel.open(marker(), StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false; // by a buildlet in this very JVM
        } catch (IOException e) {
            locked = true; // some network file systems can't: better a machine without a lock than none
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new IOException("the work directory " + path + " is used by another buildlet; give each its own with"
                    + " -workdir");
        }
        lock = channel;
    }

    /** Lets another buildlet use it. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** Absolute, without symbolic links. */
    public Path path() {
        return path;
    }

    /**
     * Where this JVM, and what Jenkins does in it, put temporary files: there they go with the rest. It is there from
     * {@link #prepare} to {@link #clean}.
     */
    public Path temporary() {
        return path.resolve(TEMPORARY);
    }

    /** Makes ready for a lease. Its name stays here until all is clean, so that a crash leaves a trace of it. */
    public void prepare(LeaseId lease) throws IOException {
        Files.createDirectories(path.resolve(lease.value()));
        Files.createDirectories(temporary());
    }

    /** Whether something worked here since {@link #prepare}. */
    public boolean isUsed(LeaseId lease) throws IOException {
        Set<Path> own = Set.of(marker(), temporary(), path.resolve(lease.value()));
        return !own.containsAll(entries());
    }

    /** Leases that left something here, as after a crash. */
    List<LeaseId> remains() throws IOException {
        List<LeaseId> leases = new ArrayList<>();
        for (Path entry : entries()) {
            try {
                leases.add(new LeaseId(path.relativize(entry).toString()));
            } catch (IllegalArgumentException e) {
                continue; // something else
            }
        }
        return leases;
    }

    /**
     * Removes everything in it.
     *
     * @return what could not be removed; empty if it is clean
     */
    public List<String> clean() {
        return TreeRemover.empty(path, MARKER);
    }

    /** @throws IOException if no file can be written in it */
    void probe() throws IOException {
        Path probe = Files.createTempFile(path, "probe", "");
        try {
            Files.writeString(probe, "probe");
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> list = Files.list(path)) {
            return list.toList();
        }
    }

    private Path marker() {
        return path.resolve(MARKER);
    }
}
