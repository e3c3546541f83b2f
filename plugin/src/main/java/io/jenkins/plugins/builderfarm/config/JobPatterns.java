package io.jenkins.plugins.builderfarm.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Jobs that an administrator lists, by full name ({@code folder/job}) or pattern: {@code *} stands for anything but a
 * slash, {@code **} for anything. Immutable.
 */
public final class JobPatterns {
    private final Set<String> names = new HashSet<>();
    private final List<Pattern> patterns = new ArrayList<>();

    /** @throws IllegalArgumentException if one can match no job's full name */
    public JobPatterns(Collection<String> texts) {
        for (String text : texts) {
            requireFullName(text);
            if (text.contains("*")) {
                patterns.add(compile(text));
            } else {
                names.add(text);
            }
        }
    }

    private static void requireFullName(String text) {
        if (text.startsWith("/") || text.endsWith("/") || text.contains("//")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no job's full name: parts with one '/' between them, none at either end");
        }
    }

    private static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c != '*') {
                regex.append(Pattern.quote(String.valueOf(c)));
            } else if (i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else {
                regex.append("[^/]*");
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    public boolean match(String fullName) {
        return names.contains(fullName)
                || patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(fullName).matches());
    }

    /** The texts as they are kept: clean, and each one checked. */
    static List<String> checked(List<String> texts) {
        List<String> clean = Lines.clean(texts);
        new JobPatterns(clean);
        return clean;
    }
}
