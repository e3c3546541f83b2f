package io.jenkins.plugins.builderfarm.bucket;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The JSON API's resources: a bucket, an object, a page of objects. */
final class Resources {

    private Resources() {}

    static JsonObject bucket(Bucket bucket, String base) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", "storage#bucket");
        json.addProperty("id", bucket.name());
        json.addProperty("name", bucket.name());
        json.addProperty("selfLink", base + "/storage/v1/b/" + bucket.name());
        json.addProperty("location", "US");
        json.addProperty("storageClass", "STANDARD");
        json.addProperty("metageneration", "1");
        json.addProperty("etag", "CAE=");
        return json;
    }

    static JsonObject object(ObjectMetadata metadata, String base) {
        String path = "storage/v1/b/" + metadata.bucket() + "/o/" + encode(metadata.name());
        JsonObject json = Json.common(metadata);
        json.addProperty("kind", "storage#object");
        json.addProperty("id", metadata.bucket() + "/" + metadata.name() + "/" + metadata.generation());
        json.addProperty("selfLink", base + "/" + path);
        json.addProperty(
                "mediaLink", base + "/download/" + path + "?generation=" + metadata.generation() + "&alt=media");
        json.addProperty("storageClass", "STANDARD");
        json.addProperty("etag", metadata.jsonEtag());
        return json;
    }

    static JsonObject listing(Listing listing, String base) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", "storage#objects");
        if (listing.nextPageToken() != null) {
            json.addProperty("nextPageToken", listing.nextPageToken());
        }
        if (!listing.prefixes().isEmpty()) {
            JsonArray prefixes = new JsonArray();
            listing.prefixes().forEach(prefixes::add);
            json.add("prefixes", prefixes);
        }
        JsonArray items = new JsonArray();
        listing.objects().forEach(object -> items.add(object(object, base)));
        json.add("items", items);
        return json;
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
