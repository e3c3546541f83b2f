package io.jenkins.plugins.builderfarm.releases;

import io.jenkins.plugins.builderfarm.config.Releases;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where a bucket's manifest is read: the media download of Cloud Storage's JSON API. Stateless. */
final class ManifestAddress {
    private static final String SCHEME = "gs://";

    private ManifestAddress() {}

    static URI of(Releases releases) {
        String rest = releases.getBucket().substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String folder = slash < 0 ? "" : strip(rest.substring(slash));
        String object = folder.isEmpty() ? Manifest.OBJECT : folder + "/" + Manifest.OBJECT;
        return URI.create(
                releases.getEndpoint() + "storage/v1/b/" + encode(bucket) + "/o/" + encode(object) + "?alt=media");
    }

    private static String strip(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    /** A path segment: slashes in an object's name are part of the name. */
    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
