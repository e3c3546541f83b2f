package io.jenkins.plugins.builderfarm.protocol.key;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A machine's builder key, as found on its disk.
 *
 * @param path the file it was read from
 * @param warnings what the machine's owner should mend, a sentence each
 */
public record KeyFile(BuilderKey key, Path path, List<String> warnings) {
    private static final int LARGEST = 4096;
    private static final List<String> PATH_VARIABLES = List.of("GO_BUILD_KEY_PATH", "BUILDER_KEY_PATH");
    private static final String DELETE_VARIABLE = "BUILDER_KEY_DELETE_AFTER_READ";

    public KeyFile {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the first that is there: the file that {@code $GO_BUILD_KEY_PATH} or {@code $BUILDER_KEY_PATH} names, then
     * {@code ~/.gobuildkey-HOST_TYPE}, then {@code ~/.gobuildkey}. A variable that is set must name a readable file.
     * With {@code BUILDER_KEY_DELETE_AFTER_READ=true} the file is removed once its key proved readable.
     *
     * @throws IOException if no file is there or the one found can't be used; the message names the file and the reason,
     *     never its content
     */
    public static KeyFile find(Map<String, String> environment, Path home, HostTypeName hostType) throws IOException {
        for (String variable : PATH_VARIABLES) {
            String path = environment.get(variable);
            if (path != null && !path.isBlank()) {
                return read(Path.of(path), "$" + variable + " names ", environment, hostType);
            }
        }
        List<Path> candidates = List.of(home.resolve(".gobuildkey-" + hostType), home.resolve(".gobuildkey"));
        for (Path candidate : candidates) {
            if (Files.exists(candidate)) {
                return read(candidate, "", environment, hostType);
            }
        }
        throw new NoSuchFileException(
                candidates.get(0).toString(),
                null,
                "no builder key is there, nor in " + candidates.get(1)
                        + "; ask the farm's administrators for the key of " + hostType + " and put it there");
    }

    private static KeyFile read(Path path, String why, Map<String, String> environment, HostTypeName hostType)
            throws IOException {
        String text;
        try {
            if (Files.isDirectory(path)) {
                throw new IOException("it is a directory");
            }
            if (Files.size(path) > LARGEST) {
                throw new IOException("it is too large to be a builder key");
            }
            text = withoutMark(Files.readString(path));
        } catch (NoSuchFileException e) {
            throw new IOException(why + path + ", which does not exist", e);
        } catch (CharacterCodingException e) {
            throw new IOException(why + path + ", which is not a text file in UTF-8", e);
        } catch (IOException e) {
            throw new IOException(why + path + ", which can't be read: " + reason(e), e);
        }
        BuilderKey key;
        try {
            key = BuilderKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(why + path + ": " + e.getMessage(), e);
        }
        if (!key.hostType().equals(hostType)) {
            throw new IOException(why + path + ", which holds the key of " + key.hostType()
                    + ", but this machine is to be a " + hostType);
        }
        List<String> warnings = warnings(path);
        if (Boolean.parseBoolean(environment.get(DELETE_VARIABLE))) {
            delete(path, why);
        }
        return new KeyFile(key, path, warnings);
    }

    /** Some editors put a byte order mark before the text. */
    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static void delete(Path path, String why) throws IOException {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new IOException(
                    why + path + ", which can't be removed as " + DELETE_VARIABLE + " asks: " + reason(e), e);
        }
    }

    /** Java's file exceptions mostly say no more than the file's name. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : e.getMessage();
    }

    private static List<String> warnings(Path path) throws IOException {
        List<String> warnings = new ArrayList<>();
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> others = EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);
            others.retainAll(Files.getPosixFilePermissions(path));
            if (!others.isEmpty()) {
                warnings.add("other users of this machine can read or write the builder key in " + path
                        + "; run: chmod 600 " + path);
            }
        }
        return warnings;
    }
}
