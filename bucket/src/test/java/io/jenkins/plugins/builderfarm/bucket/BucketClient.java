package io.jenkins.plugins.builderfarm.bucket;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the suite does with a bucket, in words that both official clients can be made to speak. */
interface BucketClient extends AutoCloseable {

    /** Which protocol an upload takes. */
    enum Way {
        /** metadata and bytes in one request */
        ONE_REQUEST,
        /** the bytes alone, where the client can do that */
        MEDIA,
        /** in chunks of 256 KiB */
        RESUMABLE
    }

    /** An object as the client sees it. */
    record Stored(
            String name,
            long generation,
            long metageneration,
            long size,
            String md5,
            String crc32c,
            String contentType,
            String cacheControl,
            Map<String, String> metadata) {}

    /** One page of a listing. */
    record ListedPage(List<String> names, String nextPageToken) {}

    /**
     * An upload; null: not said.
     *
     * @param ifGenerationMatch 0: there must be no such object
     */
    record Upload(
            String name,
            byte[] bytes,
            Way way,
            String contentType,
            String cacheControl,
            Long ifGenerationMatch,
            String md5,
            String crc32c) {

        static Upload of(String name, byte[] bytes) {
            return new Upload(name, bytes, Way.ONE_REQUEST, "text/plain", null, null, null, null);
        }

        Upload by(Way other) {
            return new Upload(name, bytes, other, contentType, cacheControl, ifGenerationMatch, md5, crc32c);
        }

        Upload cached(String control) {
            return new Upload(name, bytes, way, contentType, control, ifGenerationMatch, md5, crc32c);
        }

        Upload ifGeneration(long generation) {
            return new Upload(name, bytes, way, contentType, cacheControl, generation, md5, crc32c);
        }

        Upload promising(String otherMd5, String otherCrc32c) {
            return new Upload(name, bytes, way, contentType, cacheControl, ifGenerationMatch, otherMd5, otherCrc32c);
        }
    }

    /** A refusal by the server. */
    final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        final int status;

        Refused(int status, Throwable cause) {
            super("Refused with " + status + ": " + cause.getMessage(), cause);
            this.status = status;
        }
    }

    Stored upload(Upload upload) throws IOException;

    byte[] download(String name) throws IOException;

    byte[] downloadRange(String name, long first, long last) throws IOException;

    /** Empty if the generation that is there is this one. */
    Optional<byte[]> downloadUnless(String name, long generation) throws IOException;

    byte[] downloadGeneration(String name, long generation) throws IOException;

    Optional<Stored> find(String name) throws IOException;

    ListedPage list(String prefix, boolean folders, int pageSize, String pageToken) throws IOException;

    /** @return false if there was none */
    boolean delete(String name, Long ifGenerationMatch) throws IOException;

    Stored update(String name, String contentType, Map<String, String> metadata, Long ifMetagenerationMatch)
            throws IOException;

    boolean bucketExists(String bucket) throws IOException;

    @Override
    default void close() throws IOException {
        // most have nothing to close
    }
}
