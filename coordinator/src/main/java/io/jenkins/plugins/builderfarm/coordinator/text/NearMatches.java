package io.jenkins.plugins.builderfarm.coordinator.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant who wrote a name that isn't there. */
public final class NearMatches {
    private static final int MOST = 3;
    private static final int LONGEST = 100;

    private NearMatches() {}

    /** The nearest few of the known names, the nearest first; empty if none comes near. */
    public static List<String> of(String written, Collection<String> known) {
        String lower = written.toLowerCase(Locale.ROOT);
        if (lower.length() > LONGEST) {
            return List.of();
        }
        record Candidate(String name, int distance) {}
        return known.stream()
                .map(name -> new Candidate(name, distance(lower, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance <= allowed(written, candidate.name))
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    /** {@code ""}, or {@code "; did you mean a or b?"}, to end a message with. */
    public static String question(String written, Collection<String> known) {
        List<String> near = of(written, known);
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    /** A third of it may be wrong. */
    private static int allowed(String written, String known) {
        return Math.max(1, Math.min(written.length(), known.length()) / 3);
    }

    /** How many letters were left out, added, replaced, or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : nearest(distances, a, b, i, j);
            }
        }
        return distances[a.length()][b.length()];
    }

    private static int nearest(int[][] distances, String a, String b, int i, int j) {
        int replaced = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int nearest = Math.min(replaced, Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(nearest, distances[i - 2][j - 2] + 1) : nearest;
    }
}
