package io.jenkins.plugins.builderfarm.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A row of the module table in the architecture document.
 *
 * @param name the module's folder
 * @param mayKnow the modules that it may be linked with
 */
record ModuleRow(String name, Set<String> mayKnow) {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9-]+)` \\|[^|]*\\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+)`");

    static List<ModuleRow> readAll(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> new ModuleRow(
                        row.group(1),
                        NAME.matcher(row.group(2))
                                .results()
                                .map(name -> name.group(1))
                                .collect(Collectors.toSet())))
                .toList();
    }

    String packageName() {
        return "io.jenkins.plugins.builderfarm." + (name.equals("agent-stage0") ? "stage0" : name);
    }

    @Override
    public String toString() {
        return name;
    }
}
