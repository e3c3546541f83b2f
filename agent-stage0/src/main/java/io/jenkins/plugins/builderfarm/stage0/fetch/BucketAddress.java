package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the releases are: in a bucket, or on a plain web server that mirrors one.
 *
 * @param mirror the folder on the web server, with a slash at its end; empty for a bucket
 * @param bucket empty for a mirror
 * @param prefix the folder in the bucket, without slashes at its ends; empty for none
 */
public record BucketAddress(Optional<URI> mirror, String bucket, String prefix) {
    private static final Pattern FORM = Pattern.compile("gs://([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:/(.*?))?/*");
    private static final Pattern WEB = Pattern.compile("(?i)https?://.*");
    private static final int LONGEST_PREFIX = 500;

    /** @throws IllegalArgumentException if the text isn't {@code gs://BUCKET/PREFIX} or {@code https://HOST/PATH} */
    public static BucketAddress parse(String text) {
        if (WEB.matcher(text.strip()).matches()) {
            return new BucketAddress(Optional.of(web(text.strip())), "", "");
        }
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not of the form gs://BUCKET/PREFIX or https://HOST/PATH");
        }
        String prefix = matcher.group(2) == null ? "" : matcher.group(2);
        if (prefix.length() > LONGEST_PREFIX
                || prefix.startsWith("/")
                || prefix.contains("//")
                || !prefix.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#')) {
            throw new IllegalArgumentException("'" + text + "' has a folder that no release is put into");
        }
        return new BucketAddress(Optional.empty(), matcher.group(1), prefix);
    }

    /** The rules are the controller's: https, plain http on loopback only, no user and no query. */
    private static URI web(String text) {
        try {
            return ControllerUrl.parse(text).uri();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage().replaceFirst("^(the )?controller('s)? URL", "mirror"), e);
        }
    }

    /** Whether it is a plain web server. */
    public boolean isMirror() {
        return mirror.isPresent();
    }

    /** The full name of an object in the folder of a bucket. */
    public String object(String name) {
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** How people know an object in the folder: {@code gs://BUCKET/PREFIX/NAME}; a mirror's is its URL. */
    public String url(String name) {
        return mirror.map(base -> base.resolve(name).toString()).orElseGet(() -> "gs://" + bucket + "/" + object(name));
    }

    @Override
    public String toString() {
        return mirror.map(URI::toString)
                .orElseGet(() -> prefix.isEmpty() ? "gs://" + bucket : "gs://" + bucket + "/" + prefix);
    }
}
