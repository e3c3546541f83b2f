package io.jenkins.plugins.builderfarm.stage0.state;

import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A small file of {@code name=value} lines under a checksum, so that one that a power cut or a failing disk spoilt is
 * told from one that is whole. Text rather than JSON: the process that waits for a build shall not need a JSON library.
 * Not thread-safe.
 */
public final class StateFile {
    private static final String HEAD = "builder-farm state 1\n";
    private static final String CHECKSUM = "sha256=";
    private static final int LARGEST = 1 << 20;

    private final Path path;

    public StateFile(Path path) {
        this.path = path;
    }

    /**
     * What was last written, empty if nothing was.
     *
     * @throws DamagedFileException if the file isn't whole
     * @throws IOException if it can't be read
     */
    public Optional<Map<String, String>> read() throws IOException {
        String text;
        try {
            if (Files.size(path) > LARGEST) {
                throw new DamagedFileException(path + " is far too large");
            }
            // Any byte is a character here: what isn't UTF-8 fails the checksum, not the decoder.
            text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        int end = text.lastIndexOf(CHECKSUM);
        if (end < 0 || !text.startsWith(HEAD)) {
            throw new DamagedFileException(path + " is not whole");
        }
        String covered = text.substring(0, end);
        if (!text.substring(end).equals(checksum(covered))) {
            throw new DamagedFileException(path + " does not match its checksum");
        }
        Map<String, String> fields = new TreeMap<>();
        for (String line : covered.substring(HEAD.length()).split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return Optional.of(fields);
    }

    /**
     * Replaces the file. Line breaks in values become spaces.
     *
     * @throws IOException if it can't be written; the file is then as it was
     */
    public void write(Map<String, String> fields) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        new TreeMap<>(fields).forEach((name, value) -> text.append(name)
                .append('=')
                .append(value.replace('\n', ' ').replace('\r', ' '))
                .append('\n'));
        AtomicFile.write(path, (text + checksum(text.toString())).getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the file away, if it is there. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private static String checksum(String covered) {
        return CHECKSUM + Sha256.of(covered.getBytes(StandardCharsets.UTF_8)) + "\n";
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
