package io.jenkins.plugins.builderfarm.bucket;

import java.io.IOException;
import java.io.InputStream;

/** One resumable upload: the bytes so far, or the object that became of them. Guarded by itself. */
final class UploadSession {

    /** Every chunk but the last is a multiple of it. */
    static final int CHUNK_UNIT = 256 * 1024;

    private final Bucket bucket;
    private final Draft draft;
    private UploadRequest upload;
    private Long total;
    private ObjectMetadata result;
    private boolean cancelled;

    /** @param total bytes of the whole object as announced, null if they were not */
    UploadSession(Bucket bucket, UploadRequest upload, Long total) throws IOException {
        this.bucket = bucket;
        this.upload = upload;
        this.total = total;
        this.draft = bucket.draft();
    }

    /** What a step led to: the object, or null while bytes are missing; and how many are there. */
    record Progress(ObjectMetadata object, long persisted) {}

    /** Takes a step; see {@link ContentRange}. A null range is the whole object at once. */
    synchronized Progress step(BucketRequest request, ContentRange range) throws IOException {
        if (cancelled) {
            throw new ApiException(499, "invalid", "Upload has been cancelled");
        }
        if (result != null) {
            return new Progress(result, result.size());
        }
        if (range == null) {
            append(request.body(), 0, Long.MAX_VALUE);
            return finish(request);
        }
        agreeOnTotal(range.total());
        if (range.first() != null) {
            if (range.first() > draft.size()) {
                throw ApiException.invalid(
                        "The upload continues at byte " + draft.size() + ", not at " + range.first());
            }
            if (!range.isLast() && range.length() % CHUNK_UNIT != 0) {
                throw ApiException.invalid(
                        "Chunks but the last must be multiples of " + CHUNK_UNIT + " bytes, not " + range.length());
            }
            append(request.body(), range.first(), range.length());
        }
        return total != null && draft.size() == total ? finish(request) : new Progress(null, draft.size());
    }

    /** Forgets the bytes; later steps are refused. */
    synchronized void cancel() {
        cancelled = true;
        draft.discard();
    }

    private void agreeOnTotal(Long announced) {
        if (announced == null) {
            return;
        }
        if (total != null && !total.equals(announced)) {
            throw ApiException.invalid("The upload has " + total + " bytes, not " + announced);
        }
        if (announced < draft.size()) {
            throw ApiException.invalid("The upload has " + draft.size() + " bytes already, more than " + announced);
        }
        total = announced;
    }

    /** Adds what is new; a client that lost an answer may send again what is here already. */
    private void append(InputStream in, long offset, long length) throws IOException {
        long known = draft.size() - offset;
        byte[] buffer = new byte[CHUNK_UNIT];
        long position = 0;
        while (position < length) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, length - position));
            if (count < 0) {
                break;
            }
            int skip = (int) Math.min(count, Math.max(0, known - position));
            draft.write(buffer, skip, count - skip);
            position += count;
        }
        if (length != Long.MAX_VALUE && (position < length || in.read() >= 0)) {
            throw ApiException.invalid("Content-Range announces " + length + " bytes, the body differs");
        }
    }

    private Progress finish(BucketRequest request) throws IOException {
        if (total != null && draft.size() != total) {
            throw ApiException.invalid("The upload has " + draft.size() + " bytes, not " + total);
        }
        upload = upload.withHashHeader(request);
        try {
            result = upload.store(bucket, draft);
        } finally {
            cancelled = result == null;
        }
        return new Progress(result, result.size());
    }
}
