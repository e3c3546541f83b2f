package io.jenkins.plugins.builderfarm.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Objects' bytes, whole or in part, in the JSON API's form and the public one. */
final class Downloads {

    /** RFC 9110's dates have two digits for the day, unlike Java's own RFC 1123 formatter. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Downloads() {}

    static Response answer(Bucket bucket, BucketRequest request) throws IOException {
        String name = request.route().object();
        Preconditions preconditions = Preconditions.of(request);
        Bucket.Opened opened;
        try {
            opened = bucket.open(name, request.generation(), preconditions);
        } catch (ApiException e) {
            if (e.status() != 304) {
                throw e;
            }
            ObjectMetadata metadata = bucket.find(name, request.generation(), Preconditions.NONE);
            return describe(Response.empty(304), request, metadata);
        }
        ObjectMetadata metadata = opened.metadata();
        try {
            Optional<ByteRange> range = request.header("Range").flatMap(r -> ByteRange.of(r, metadata.size()));
            return content(request, opened, range);
        } catch (ApiException e) {
            opened.bytes().close();
            return Errors.response(request, e).with("Content-Range", "bytes */" + metadata.size());
        }
    }

    private static Response content(BucketRequest request, Bucket.Opened opened, Optional<ByteRange> range)
            throws IOException {
        ObjectMetadata metadata = opened.metadata();
        InputStream bytes = opened.bytes();
        Response response;
        if (range.isPresent()) {
            ByteRange part = range.get();
            bytes.skipNBytes(part.first());
            response = Response.of(206, bytes, part.length())
                    .with("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + metadata.size());
        } else {
            response = Response.of(200, bytes, metadata.size());
        }
        String type = metadata.attributes().fixed().getOrDefault("contentType", "application/octet-stream");
        return describe(response, request, metadata).with("Content-Type", type);
    }

    private static Response describe(Response bare, BucketRequest request, ObjectMetadata metadata) {
        boolean isPublic = request.route().kind() == Route.Kind.PUBLIC;
        Attributes attributes = metadata.attributes();
        Response response = bare.with("ETag", isPublic ? "\"" + metadata.xmlEtag() + "\"" : metadata.jsonEtag())
                .with("x-goog-generation", Long.toString(metadata.generation()))
                .with("x-goog-metageneration", Long.toString(metadata.metageneration()))
                .with("Cache-Control", attributes.fixed().getOrDefault("cacheControl", defaultCaching(isPublic)));
        if (bare.status() == 304) {
            return response;
        }
        for (String field : new String[] {"contentEncoding", "contentDisposition", "contentLanguage"}) {
            response = response.with(
                    Attributes.FIELDS.get(field), attributes.fixed().get(field));
        }
        return response.with("Last-Modified", HTTP_DATE.format(metadata.updated()))
                .with("Accept-Ranges", "bytes")
                .with("x-goog-hash", "crc32c=" + metadata.checksums().crc32c())
                .with("x-goog-hash", "md5=" + metadata.checksums().md5())
                .with("x-goog-storage-class", "STANDARD")
                .with("x-goog-stored-content-encoding", attributes.fixed().getOrDefault("contentEncoding", "identity"))
                .with("x-goog-stored-content-length", Long.toString(metadata.size()));
    }

    private static String defaultCaching(boolean isPublic) {
        return isPublic ? "public, max-age=3600" : "no-cache, no-store, max-age=0, must-revalidate";
    }
}
