package io.jenkins.plugins.builderfarm.coordinator.results;

/**
 * What was built, as far as anybody knows: what is unknown is empty. Immutable.
 *
 * @param id a commit's hash, or what else names a state of the repository
 */
public record Revision(String repository, String branch, String id) {
    public static final Revision UNKNOWN = new Revision("", "", "");

    /** More is no name but an accident. */
    private static final int LONGEST = 200;

    /** What is null is unknown; what is too long is cut off. */
    public Revision {
        repository = bounded(repository);
        branch = bounded(branch);
        id = bounded(id);
    }

    public boolean isKnown() {
        return !id.isEmpty();
    }

    private static String bounded(String text) {
        String stripped = text == null ? "" : text.strip();
        return stripped.length() <= LONGEST ? stripped : stripped.substring(0, LONGEST);
    }
}
