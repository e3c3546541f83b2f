package io.jenkins.plugins.builderfarm.protocol.release;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One published buildlet.
 *
 * @param object the jar's name in the bucket, relative to the manifest's folder: segments of letters, digits, '.', '_'
 *     and '-'
 * @param size in bytes
 * @param minimumJava the oldest Java feature version that runs it: {@code 17}
 */
public record Release(Version version, String object, Sha256 sha256, long size, int minimumJava, Instant created) {
    public static final long LARGEST = 100L << 20;

    static final int LONGEST_OBJECT = 200;
    static final int NEWEST_JAVA = 1_000;
    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]*";
    private static final Pattern OBJECT = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");

    public Release {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(created, "created");
        if (object.length() > LONGEST_OBJECT || !OBJECT.matcher(object).matches()) {
            throw new IllegalArgumentException("release " + version + " has a jar outside the manifest's folder");
        }
        if (minimumJava < 1 || minimumJava > NEWEST_JAVA) {
            throw new IllegalArgumentException(
                    "release " + version + " has a minimum Java that is not between 1 and " + NEWEST_JAVA);
        }
        if (size <= 0 || size > LARGEST) {
            throw new IllegalArgumentException(
                    "release " + version + " has a size that is not between 1 and " + LARGEST + " bytes");
        }
    }

    /** The name under which a jar of this digest is kept in a bucket. */
    public static String objectName(Sha256 sha256) {
        return "buildlet/" + sha256 + ".jar";
    }
}
