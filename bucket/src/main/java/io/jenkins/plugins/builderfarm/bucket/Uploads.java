package io.jenkins.plugins.builderfarm.bucket;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The three ways to bring an object: the bytes alone, metadata and bytes in one body, and step by step. Thread-safe. */
final class Uploads {

    /** Sessions kept; beyond it the oldest goes. */
    private static final int MAX_SESSIONS = 1000;

    private final SecureRandom random = new SecureRandom();
    /** Guarded by itself; in the order of their beginning. */
    private final Map<String, UploadSession> sessions = new LinkedHashMap<>();

    Response answer(Bucket bucket, BucketRequest request, String base) throws IOException {
        String type = request.query("uploadType").orElse("");
        if (request.query("upload_id").isPresent()) {
            return step(request, base);
        }
        if (!"POST".equals(request.method())) {
            throw new ApiException(405, "methodNotAllowed", "Uploads begin with POST");
        }
        return switch (type) {
            case "media" -> object(media(bucket, request), base);
            case "multipart" -> object(multipart(bucket, request), base);
            case "resumable" -> begin(bucket, request, base);
            default -> throw ApiException.invalid("Invalid value for uploadType: " + type);
        };
    }

    private static ObjectMetadata media(Bucket bucket, BucketRequest request) throws IOException {
        UploadRequest upload = UploadRequest.of(request, new JsonObject())
                .withContentType(request.header("Content-Type").orElse(null));
        bucket.check(upload.name(), upload.preconditions());
        Draft draft = bucket.draft();
        try {
            request.body().transferTo(draft);
            return upload.store(bucket, draft);
        } finally {
            draft.discard();
        }
    }

    private static ObjectMetadata multipart(Bucket bucket, BucketRequest request) throws IOException {
        Multipart parts = new Multipart(request.header("Content-Type").orElse(""), request.body());
        parts.nextPart();
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        parts.copyPart(bounded(json));
        JsonObject metadata = Json.parse(json.toByteArray());
        Map<String, String> media = parts.followingPart();
        UploadRequest upload = UploadRequest.of(request, metadata).withContentType(media.get("Content-Type"));
        bucket.check(upload.name(), upload.preconditions());
        Draft draft = bucket.draft();
        try {
            parts.copyPart(draft);
            parts.requireEnd();
            return upload.store(bucket, draft);
        } finally {
            draft.discard();
        }
    }

    private Response begin(Bucket bucket, BucketRequest request, String base) throws IOException {
        UploadRequest upload = UploadRequest.of(request, Json.read(request.body()))
                .withContentType(request.header("X-Upload-Content-Type").orElse(null));
        bucket.check(upload.name(), upload.preconditions());
        Long total = request.header("X-Upload-Content-Length")
                .map(text -> BucketRequest.parseNumber("X-Upload-Content-Length", text))
                .orElse(null);
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        remember(id, new UploadSession(bucket, upload, total));
        return Response.empty(200)
                .with("X-GUploader-UploadID", id)
                .with(
                        "Location",
                        base + "/upload/storage/v1/b/" + bucket.name() + "/o?uploadType=resumable&upload_id=" + id);
    }

    private Response step(BucketRequest request, String base) throws IOException {
        String id = request.query("upload_id").orElseThrow();
        UploadSession session;
        synchronized (sessions) {
            session = sessions.get(id);
        }
        if (session == null) {
            throw new ApiException(404, "notFound", "No such upload session");
        }
        if ("DELETE".equals(request.method())) {
            session.cancel();
            return Response.empty(499);
        }
        if (!"PUT".equals(request.method()) && !"POST".equals(request.method())) {
            throw new ApiException(405, "methodNotAllowed", "Upload sessions take PUT and DELETE");
        }
        UploadSession.Progress progress = session.step(
                request, request.header("Content-Range").map(ContentRange::of).orElse(null));
        if (progress.object() != null) {
            return object(progress.object(), base);
        }
        String range = progress.persisted() == 0 ? null : "bytes=0-" + (progress.persisted() - 1);
        return Response.empty(308).with("X-GUploader-UploadID", id).with("Range", range);
    }

    private void remember(String id, UploadSession session) {
        UploadSession oldest = null;
        synchronized (sessions) {
            sessions.put(id, session);
            if (sessions.size() > MAX_SESSIONS) {
                var first = sessions.entrySet().iterator();
                oldest = first.next().getValue();
                first.remove();
            }
        }
        if (oldest != null) {
            oldest.cancel();
        }
    }

    private static Response object(ObjectMetadata metadata, String base) {
        return Response.json(200, Resources.object(metadata, base)).with("ETag", metadata.jsonEtag());
    }

    private static OutputStream bounded(ByteArrayOutputStream kept) {
        return new FilterOutputStream(kept) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (kept.size() + length > Json.MAX_BYTES) {
                    throw ApiException.invalid("Metadata is larger than " + Json.MAX_BYTES + " bytes");
                }
                kept.write(bytes, offset, length);
            }
        };
    }
}
