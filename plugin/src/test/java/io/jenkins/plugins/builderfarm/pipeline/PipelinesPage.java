package io.jenkins.plugins.builderfarm.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/user/pipelines.md shows as code, as it stands there. */
final class PipelinesPage {
    private static final Path PAGE = Path.of("../docs/user/pipelines.md");
    private static final Pattern HEADING_OR_CODE = Pattern.compile("(?ms)^#+ ([^\n]+)$|^```(\\w+)\n(.*?)^```$");

    private PipelinesPage() {}

    /** By heading; a heading with two of the language has one of them under its own name and {@code #2}. */
    static Map<String, String> code(String language) {
        Map<String, String> found = new LinkedHashMap<>();
        String heading = "";
        Matcher matcher = HEADING_OR_CODE.matcher(text());
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                heading = matcher.group(1);
            } else if (matcher.group(2).equals(language)) {
                found.put(found.containsKey(heading) ? heading + " #2" : heading, matcher.group(3));
            }
        }
        return found;
    }

    private static String text() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
