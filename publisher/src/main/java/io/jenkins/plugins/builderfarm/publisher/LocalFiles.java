package io.jenkins.plugins.builderfarm.publisher;

import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What the publisher writes on this computer, and how it speaks of files. Stateless. */
final class LocalFiles {
    private LocalFiles() {}

    /** Writes a key that only its owner can read, and never over another. */
    static void writeKey(Path file, SigningKey key) throws Failure {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        boolean created = false;
        try (SeekableByteChannel out =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            created = true;
            ByteBuffer bytes = ByteBuffer.wrap(key.print().getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (FileAlreadyExistsException e) {
            throw Failure.file(file + " is there already; a key is never overwritten");
        } catch (IOException e) {
            throw Failure.file(file + " can't be written: " + reason(e) + (created ? removeHalf(file) : ""));
        }
    }

    private static String removeHalf(Path file) {
        try {
            Files.deleteIfExists(file);
            return "";
        } catch (IOException e) {
            return "; what is there is half a key, remove it";
        }
    }

    /** Java's file exceptions mostly say no more than the file's name. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
