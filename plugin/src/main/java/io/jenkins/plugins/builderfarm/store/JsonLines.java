package io.jenkins.plugins.builderfarm.store;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.util.AtomicFileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Things in a file, one a line as JSON, in the order in which they came. Something is appended; what nobody needs any more
 * goes when the file is written anew. Not thread-safe.
 *
 * @param <L> what a line holds, as Gson has it
 */
public final class JsonLines<L> {
    private static final Logger LOGGER = Logger.getLogger(JsonLines.class.getName());
    private static final Gson GSON = new Gson();

    private final Path file;
    private final Class<L> type;
    private int size;

    /** @param file need not be there, nor the directory that it is in */
    public JsonLines(Path file, Class<L> type) {
        this.file = file;
        this.type = type;
    }

    /**
     * What can't be read, such as a line that a crash cut off, is left out: the others are worth having.
     *
     * @param each may throw what {@link Gson} throws, and {@link DateTimeException}, {@link IllegalArgumentException} or
     *     {@link NullPointerException}: that is a line that can't be read
     * @return whether nothing was left out; otherwise the file is to be written anew before anything is appended
     */
    public boolean read(Consumer<L> each) {
        if (!Files.exists(file)) {
            return true;
        }
        try {
            String text = Files.readString(file);
            int unreadable = 0;
            for (String line : text.lines().toList()) {
                size++;
                unreadable += read(line, each) ? 0 : 1;
            }
            if (unreadable > 0) {
                LOGGER.warning(unreadable + " of the " + size + " lines of " + file + " can't be read");
            }
            return unreadable == 0 && (text.isEmpty() || text.endsWith("\n"));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " can't be read");
            return false;
        }
    }

    @SuppressFBWarnings(
            value = "DCN_NULLPOINTER_EXCEPTION",
            justification = "a line may lack any field, and what is made of it refuses null")
    private boolean read(String line, Consumer<L> each) {
        try {
            each.accept(Objects.requireNonNull(GSON.fromJson(line, type)));
            return true;
        } catch (JsonParseException | DateTimeException | IllegalArgumentException | NullPointerException e) {
            LOGGER.log(Level.FINE, e, () -> "Can't be read: " + line);
            return false;
        }
    }

    /** How many lines the file has, read or not. */
    public int size() {
        return size;
    }

    /** @throws IOException if it can't be written, or only in part: a part is left out when it is read */
    public void append(L line) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, GSON.toJson(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size++;
    }

    /** All at once or not at all. */
    public void rewrite(Collection<L> lines) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (AtomicFileWriter writer = new AtomicFileWriter(file, StandardCharsets.UTF_8)) {
            for (L line : lines) {
                writer.write(GSON.toJson(line));
                writer.write("\n");
            }
            writer.commit();
        }
        size = lines.size();
    }
}
