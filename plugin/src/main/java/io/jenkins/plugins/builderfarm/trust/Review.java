package io.jenkins.plugins.builderfarm.trust;

import java.util.Locale;

/** What is known of the code that a build runs. Ordered: what counts more when opinions differ comes later. */
public enum Review {
    /** Reviewed and submitted. */
    REVIEWED,
    /** Nobody vouches for it, or there is a doubt. Treated as unreviewed where only reviewed code may run. */
    UNKNOWN,
    /** Under review, or never to be reviewed. */
    UNREVIEWED;

    /** As builds find it in their environment. */
    public String variable() {
        return name().toLowerCase(Locale.ROOT);
    }
}
