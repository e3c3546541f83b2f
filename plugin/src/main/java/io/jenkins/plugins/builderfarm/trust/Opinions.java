package io.jenkins.plugins.builderfarm.trust;

import hudson.ExtensionList;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** All that is known of a build's code, in one word. Stateless. */
public final class Opinions {
    private static final Logger LOGGER = Logger.getLogger(Opinions.class.getName());

    /** Builds that trigger builds, and so on, are followed so far. */
    private static final int GENERATIONS = 8;

    private Opinions() {}

    /** The strongest opinion there is; if nobody has one, nobody vouches for the build. */
    public static Opinion of(Subject subject) {
        if (subject.generation() > GENERATIONS) {
            return Opinion.doubt("too many builds led to it, " + subject + " among them");
        }
        Opinion strongest = null;
        for (CodeReview review : ExtensionList.lookup(CodeReview.class)) {
            Opinion opinion = ask(review, subject).orElse(null);
            if (opinion != null) {
                strongest = strongest == null ? opinion : strongest.or(opinion);
            }
        }
        return strongest == null ? Opinion.doubt("nobody vouches for the code of " + subject) : strongest;
    }

    private static Optional<Opinion> ask(CodeReview review, Subject subject) {
        try {
            return review.of(subject);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> review.getClass().getName() + " can't say of " + subject
                            + " whether its code was reviewed; it counts as unreviewed");
            return Optional.of(Opinion.doubt("what is known of " + subject + " can't be read: see Jenkins's log"));
        }
    }
}
