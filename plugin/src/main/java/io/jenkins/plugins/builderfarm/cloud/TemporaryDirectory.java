package io.jenkins.plugins.builderfarm.cloud;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where builds on a leased machine put their temporary files: in the work directory, which the buildlet empties after
 * the lease. In the machine's own place for them they would stay, and the next build could read them. Immutable.
 *
 * @param path in the machine's own notation
 */
record TemporaryDirectory(String path, boolean windows) {
    /** The name that the buildlet knows too: it makes the same one for itself, and doesn't take it for a build's trace. */
    static final String NAME = "tmp";

    private static final List<String> UNIX = List.of("TMPDIR");
    private static final List<String> WINDOWS = List.of("TMPDIR", "TMP", "TEMP");

    /**
     * @param workDirectory absolute, in the machine's own notation
     * @return empty if it isn't absolute: the machine has not said where it works
     */
    static Optional<TemporaryDirectory> in(String workDirectory) {
        boolean windows = workDirectory.matches("(?s)[A-Za-z]:[\\\\/].*|\\\\\\\\.*");
        if (!windows && !workDirectory.startsWith("/")) {
            return Optional.empty();
        }
        String separator = windows ? "\\" : "/";
        String parent = workDirectory.replaceAll("[\\\\/]$", "");
        return Optional.of(new TemporaryDirectory(parent + separator + NAME, windows));
    }

    /** The variables by which programs find it. */
    Map<String, String> variables() {
        return (windows ? WINDOWS : UNIX).stream().collect(Collectors.toMap(name -> name, name -> path));
    }
}
