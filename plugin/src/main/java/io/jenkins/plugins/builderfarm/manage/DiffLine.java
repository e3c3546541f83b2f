package io.jenkins.plugins.builderfarm.manage;

import java.util.List;

/** A line of a unified diff, and what it is. */
public final class DiffLine {
    private final String text;

    private DiffLine(String text) {
        this.text = text;
    }

    /** Without the two lines that name the files: whose job it is stands beside it. */
    static List<DiffLine> of(String diff) {
        return diff.lines()
                .skip(diff.startsWith("---") ? 2 : 0)
                .map(DiffLine::new)
                .toList();
    }

    public String getText() {
        return text;
    }

    /** {@code added}, {@code removed}, {@code place} or {@code kept}. */
    public String getKind() {
        if (text.startsWith("+")) {
            return "added";
        }
        if (text.startsWith("-")) {
            return "removed";
        }
        return text.startsWith("@@") ? "place" : "kept";
    }
}
