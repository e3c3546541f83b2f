package io.jenkins.plugins.builderfarm.trust;

import java.util.Objects;

/**
 * What one {@link CodeReview} knows, or all of them together.
 *
 * @param reason for people, half a sentence that starts in lower case and names the build or job
 */
public record Opinion(Review review, String reason) {
    public Opinion {
        Objects.requireNonNull(review);
        Objects.requireNonNull(reason);
    }

    public static Opinion reviewed(String reason) {
        return new Opinion(Review.REVIEWED, reason);
    }

    public static Opinion doubt(String reason) {
        return new Opinion(Review.UNKNOWN, reason);
    }

    public static Opinion unreviewed(String reason) {
        return new Opinion(Review.UNREVIEWED, reason);
    }

    /** The one that counts: a doubt is stronger than somebody's word, knowledge is stronger than a doubt. */
    Opinion or(Opinion other) {
        return other.review.compareTo(review) > 0 ? other : this;
    }
}
