package io.jenkins.plugins.builderfarm.manage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Every bad input that a test class sent and what came back, as a table: kept in target/bad-input, from where
 * {@code make test} prints all of them at its end.
 */
public final class BadInputs implements AfterAllCallback {
    private static final int WIDEST = 60;

    private final List<List<String>> rows = new ArrayList<>();

    public BadInputs() {
        rows.add(List.of("where", "sent", "came back"));
    }

    public synchronized void add(String where, String sent, String answer) {
        rows.add(List.of(oneLine(where), oneLine(sent), oneLine(answer)));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "bad-input"));
        String table = rows.stream().map(this::line).collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(directory.resolve(context.getRequiredTestClass().getSimpleName() + ".txt"), table);
    }

    private String line(List<String> row) {
        return column(row, 0) + " | " + column(row, 1) + " | " + row.get(2);
    }

    private String column(List<String> row, int index) {
        int width = rows.stream().mapToInt(one -> one.get(index).length()).max().orElse(0);
        String text = row.get(index);
        String shown = text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
        return String.format("%-" + Math.min(width, WIDEST) + "s", shown);
    }
}
