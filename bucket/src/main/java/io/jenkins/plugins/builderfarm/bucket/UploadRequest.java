package io.jenkins.plugins.builderfarm.bucket;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Locale;

/**
 * What a client wants to store, but for the bytes.
 *
 * @param md5 Base64 that the bytes must have; null: anything goes
 * @param crc32c Base64 that the bytes must have; null: anything goes
 */
record UploadRequest(String name, Attributes attributes, Preconditions preconditions, String md5, String crc32c) {

    /** @param metadata the object resource that the client sent, empty if it sent none */
    static UploadRequest of(BucketRequest request, JsonObject metadata) {
        String inMetadata = Json.string(metadata, "name");
        String name = Names.requireObject(request.query("name").orElse(inMetadata));
        if (inMetadata != null && !inMetadata.equals(name)) {
            throw ApiException.invalid("Value '" + inMetadata + "' in content does not agree with value '" + name
                    + "'. This can happen when a value set through a parameter is inconsistent with a value set in the"
                    + " request.");
        }
        return new UploadRequest(
                        name,
                        Json.patched(Attributes.NONE, metadata),
                        Preconditions.of(request),
                        Json.string(metadata, "md5Hash"),
                        Json.string(metadata, "crc32c"))
                .withHashHeader(request);
    }

    UploadRequest withContentType(String type) {
        return new UploadRequest(name, attributes.withDefault("contentType", type), preconditions, md5, crc32c);
    }

    /** Takes over what {@code x-goog-hash} promises; the newer clients send it with an upload's last bytes. */
    UploadRequest withHashHeader(BucketRequest request) {
        String wantedMd5 = md5;
        String wantedCrc = crc32c;
        for (String hash : request.header("x-goog-hash").orElse("").split(",", -1)) {
            String value = hash.substring(hash.indexOf('=') + 1).trim();
            String algorithm = hash.trim().toLowerCase(Locale.ROOT);
            if (algorithm.startsWith("md5=")) {
                wantedMd5 = value;
            } else if (algorithm.startsWith("crc32c=")) {
                wantedCrc = value;
            }
        }
        return new UploadRequest(name, attributes, preconditions, wantedMd5, wantedCrc);
    }

    /** Makes the draft the object if it is what the client meant to send; the draft is used up either way. */
    ObjectMetadata store(Bucket bucket, Draft draft) throws IOException {
        try {
            require("MD5 hash", md5, draft.checksums().md5());
            require("CRC32C", crc32c, draft.checksums().crc32c());
        } catch (ApiException e) {
            draft.discard();
            throw e;
        }
        return bucket.put(name, draft, attributes, preconditions);
    }

    private static void require(String what, String promised, String calculated) {
        if (promised != null && !promised.equals(calculated)) {
            throw ApiException.invalid("Provided " + what + " \"" + promised + "\" doesn't match calculated " + what
                    + " \"" + calculated + "\".");
        }
    }
}
