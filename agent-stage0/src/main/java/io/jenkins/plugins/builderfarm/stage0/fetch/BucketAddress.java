package io.jenkins.plugins.builderfarm.stage0.fetch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the releases are.
 *
 * @param prefix the folder in the bucket, without slashes at its ends; empty for none
 */
public record BucketAddress(String bucket, String prefix) {
    private static final Pattern FORM = Pattern.compile("gs://([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:/(.*?))?/*");
    private static final int LONGEST_PREFIX = 500;

    /** @throws IllegalArgumentException if the text isn't {@code gs://BUCKET} or {@code gs://BUCKET/PREFIX} */
    public static BucketAddress parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not of the form gs://BUCKET/PREFIX");
        }
        String prefix = matcher.group(2) == null ? "" : matcher.group(2);
        if (prefix.length() > LONGEST_PREFIX
                || prefix.startsWith("/")
                || prefix.contains("//")
                || !prefix.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#')) {
            throw new IllegalArgumentException("'" + text + "' has a folder that no release is put into");
        }
        return new BucketAddress(matcher.group(1), prefix);
    }

    /** The full name of an object in the folder. */
    public String object(String name) {
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** How people know an object in the folder: {@code gs://BUCKET/PREFIX/NAME}. */
    public String url(String name) {
        return "gs://" + bucket + "/" + object(name);
    }

    @Override
    public String toString() {
        return prefix.isEmpty() ? "gs://" + bucket : "gs://" + bucket + "/" + prefix;
    }
}
