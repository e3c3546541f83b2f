package io.jenkins.plugins.builderfarm.stage0.log;

import io.jenkins.plugins.builderfarm.stage0.Explain;
import io.jenkins.plugins.builderfarm.stage0.Log;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/**
 * A file of lines that stays small: before a line makes it too large, it becomes {@code FILE.1}, what was that becomes
 * {@code FILE.2}, and so on; the oldest goes. What earlier processes wrote is appended to. Thread-safe.
 *
 * <p>The file is opened for each line, which is appended by one write. So lines stay whole and none is lost when several
 * processes write (with {@code -loop} two do, and a stage0 that was killed may leave one behind for a moment), nothing is
 * left behind by one that is killed, and a file that somebody moved away, or a disk that has room again, needs no care.
 *
 * <p>Java's own {@code FileHandler} would put a number behind the name of the file that is written to, would have each of
 * two processes write to files of its own, and falls silent for ever when once it can't make the next file.
 */
public final class RotatedFile {
    /** Of each file, in bytes. Of two processes that write at once, each may go beyond it by a line. */
    static final long LIMIT = 1_000_000;
    /** With the one that is written to. */
    static final int FILES = 5;

    private final Path file;
    private final PrintStream aside;
    private final InstantSource clock;
    private long lost; // guarded by this
    private boolean torn; // guarded by this

    private RotatedFile(Path file, PrintStream aside, InstantSource clock) {
        this.file = file;
        this.aside = aside;
        this.clock = clock;
    }

    /**
     * Makes the file, and its directory, unless they are there.
     *
     * @param file absolute
     * @param aside hears that a line could not be written, once until one can be again
     * @throws IOException if nothing can be written there. If that is for a disk that is full or has become read-only, it
     *     isn't thrown: such a machine is to work on, and its owner learns of it soonest if it dials in
     */
    public static RotatedFile open(Path file, PrintStream aside, InstantSource clock) throws IOException {
        try {
            prepare(file);
        } catch (IOException e) {
            if (!diskTakesNothing(file)) {
                throw e;
            }
        }
        return new RotatedFile(file, aside, clock);
    }

    private static void prepare(Path file) throws IOException {
        Path directory = file.resolveSibling("");
        if (!Files.isDirectory(directory)) {
            try {
                Files.createDirectories(directory);
            } catch (FileAlreadyExistsException e) {
                throw new NotDirectoryException(e.getFile());
            }
        }
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                .close();
        if (!Files.isWritable(directory)) {
            throw new FileSystemException(
                    directory.toString(), null, "nothing can be made there, so the log can't be rotated");
        }
    }

    private static boolean diskTakesNothing(Path file) {
        for (Path there = file.getParent(); there != null; there = there.getParent()) {
            if (Files.exists(there)) {
                return takesNothing(there);
            }
        }
        return false;
    }

    private static boolean takesNothing(Path there) {
        try {
            FileStore disk = Files.getFileStore(there);
            return disk.isReadOnly() || disk.getUsableSpace() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Appends a line. Never fails: a machine works on without its log, and the next line that can be written follows one
     * that says how many are missing.
     *
     * @param line ends with a line break
     * @param length of the line in the array, in bytes
     */
    synchronized void append(byte[] line, int length) {
        // One who has been interrupted may say so: what follows would close a channel under it.
        boolean interrupted = Thread.interrupted();
        try {
            if (lost > 0) {
                sayLost();
            }
            put(line, length);
        } catch (IOException e) {
            if (lost == 0) {
                aside.println(says("the log " + file + " can't be written to: " + Explain.of(e)));
            }
            lost++;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String says(String text) {
        return Log.line(clock.instant(), text);
    }

    private void sayLost() throws IOException {
        put((torn ? "\n" : "") + says("lines that could not be written and are missing here: " + lost));
        lost = 0;
        torn = false;
    }

    private void put(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        put(bytes, bytes.length);
    }

    private void put(byte[] line, int length) throws IOException {
        if (isFullFor(length)) {
            try {
                rotate(length);
            } catch (IOException e) {
                beginAnew(e);
            }
        }
        write(line, length);
    }

    private boolean isFullFor(int length) {
        long size = file.toFile().length();
        return size > 0 && size + length > LIMIT;
    }

    /** If another process is at it already, the line goes to the file that it finds. */
    private void rotate(int length) throws IOException {
        try (FileChannel channel =
                FileChannel.open(beside("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // What another process has just done is not to be done again.
            if (isHeldByAnother(channel) || !isFullFor(length)) {
                return;
            }
            for (int i = FILES - 1; i > 1; i--) {
                if (Files.exists(older(i - 1))) {
                    Files.move(older(i - 1), older(i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(file, older(1), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** If not, it is held by this one until the channel is closed. */
    private static boolean isHeldByAnother(FileChannel channel) {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            // A file system without locks. That two want to rotate at the same moment is rare enough.
            return false;
        }
    }

    private Path older(int number) {
        return beside(Integer.toString(number));
    }

    private Path beside(String end) {
        return Path.of(file + "." + end);
    }

    /** Rather loses lines, and says so, than outgrows its bound. */
    private void beginAnew(IOException why) throws IOException {
        Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                .close();
        put(says("the log could not be rotated, so what was here is gone: " + Explain.of(why)));
    }

    /** Not by a channel, which an interrupt would close. */
    private void write(byte[] line, int length) throws IOException {
        long before = file.toFile().length();
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(line, 0, length);
        } catch (IOException e) {
            torn |= file.toFile().length() != before;
            throw e;
        }
    }
}
