package io.jenkins.plugins.builderfarm.stage0.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** The little that stage0 wants of a bucket. */
interface BucketReader {
    /**
     * Opens an object's bytes unless they are still those of a known generation.
     *
     * @return empty if they are
     * @throws FetchException if the bucket refuses or can't be reached
     */
    Optional<Content> openUnless(String name, OptionalLong generation) throws FetchException;

    /**
     * Opens an object's bytes from an offset on, of this generation and no other.
     *
     * @throws FetchException with {@link FetchException.Remedy#RESTART} if that generation or that part of it is gone
     */
    Content openFrom(String name, long generation, long offset) throws FetchException;

    /** Bytes that are about to be read, and what they are of. */
    record Content(InputStream bytes, long generation) implements Closeable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
