package io.jenkins.plugins.builderfarm.publisher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder in a bucket that holds the manifest and the jars.
 *
 * @param prefix empty, or ends in a slash
 */
record Folder(String bucket, String prefix) {
    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]*";
    private static final Pattern FORM = Pattern.compile(
            "gs://([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:/((?:" + SEGMENT + "/)*(?:" + SEGMENT + ")?))?");

    /** @throws IllegalArgumentException if the text isn't {@code gs://BUCKET} or {@code gs://BUCKET/PREFIX} */
    static Folder parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not of the form gs://BUCKET or gs://BUCKET/PREFIX");
        }
        String prefix = matcher.group(2) == null ? "" : matcher.group(2);
        return new Folder(matcher.group(1), prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    }

    /** The object's name in the bucket. */
    String object(String name) {
        return prefix + name;
    }

    /** Where an object of the folder is, for people. */
    String show(String name) {
        return "gs://" + bucket + "/" + prefix + name;
    }
}
