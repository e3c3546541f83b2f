package io.jenkins.plugins.builderfarm.publisher;

/** One change of a manifest. It is made again on what is there then, if somebody else was faster. */
@FunctionalInterface
interface Edit {
    /** @throws Failure if what the manifest says does not allow it */
    void apply(Draft draft) throws Failure;

    /** This change, then the other one. */
    default Edit then(Edit other) {
        return draft -> {
            apply(draft);
            other.apply(draft);
        };
    }
}
