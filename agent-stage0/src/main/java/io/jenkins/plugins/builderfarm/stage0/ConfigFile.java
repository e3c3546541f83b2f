package io.jenkins.plugins.builderfarm.stage0;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Flags from a file: {@code name = value} lines, a switch alone or with {@code true} or {@code false}, comments behind
 * {@code #} at a line's beginning. Nothing is escaped, so paths are written as they are.
 */
final class ConfigFile {
    private static final int LARGEST = 1 << 20;
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Path file;
    private final Set<String> valued;
    private final Set<String> switches;
    private final Set<String> repeatable;
    private final Predicate<String> paths;
    private final Map<String, List<Flags.Value>> values = new LinkedHashMap<>();

    private ConfigFile(
            Path file, Set<String> valued, Set<String> switches, Set<String> repeatable, Predicate<String> paths) {
        this.file = file;
        this.valued = valued;
        this.switches = switches;
        this.repeatable = repeatable;
        this.paths = paths;
    }

    /**
     * Reads a file.
     *
     * @param valued the names that take a value
     * @param switches those that need none
     * @param repeatable those of them that may be on more than one line
     * @param paths which of them are paths; a relative one starts where the file is, since who reads the file may be
     *     anywhere
     * @throws UsageException if it can't be read, or a line makes no sense; the message names the file and the line
     */
    static Flags read(
            Path file, Set<String> valued, Set<String> switches, Set<String> repeatable, Predicate<String> paths)
            throws UsageException {
        byte[] bytes;
        try {
            if (Files.size(file) > LARGEST) {
                throw new UsageException("flag -config: " + file + " is too large to be a file of flags");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UsageException("flag -config: " + file + " can't be read: " + Explain.of(e), e);
        }
        ConfigFile config = new ConfigFile(file, valued, switches, repeatable, paths);
        config.parse(bytes);
        return new Flags(config.values);
    }

    private void parse(byte[] bytes) throws UsageException {
        int number = 1;
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                parse(text(ByteBuffer.wrap(bytes, start, i - start), number), number);
                start = i + 1;
                number++;
            }
        }
    }

    private String text(ByteBuffer line, int number) throws UsageException {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(line).toString();
            return (number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
        } catch (CharacterCodingException e) {
            throw new UsageException(where(number) + "not UTF-8 text", e);
        }
    }

    private void parse(String line, int number) throws UsageException {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int equals = line.indexOf('=');
        String name = (equals < 0 ? line : line.substring(0, equals)).strip();
        if (name.startsWith("-")) {
            throw new UsageException(where(number) + "a name has no dash here: " + name.replaceFirst("^-+", ""));
        }
        boolean isSwitch = switches.contains(name);
        if (!isSwitch && !valued.contains(name)) {
            throw new UsageException(where(number) + "unknown flag '" + name + "'");
        }
        if (!isSwitch && equals < 0) {
            throw new UsageException(where(number) + name + " needs a value: " + name + " = …");
        }
        List<Flags.Value> all = values.computeIfAbsent(name, unused -> new ArrayList<>());
        if (!all.isEmpty() && !repeatable.contains(name)) {
            throw new UsageException(where(number) + name + " is there twice");
        }
        String value = equals < 0 ? "true" : line.substring(equals + 1).strip();
        all.add(new Flags.Value(paths.test(name) ? beside(value) : value, where(number) + name));
    }

    private String beside(String path) {
        try {
            return path.isEmpty() ? path : file.resolveSibling(path).toString();
        } catch (InvalidPathException e) {
            // Whoever wants a path of it says what is wrong with it.
            return path;
        }
    }

    private String where(int number) {
        return file + " line " + number + ": ";
    }
}
