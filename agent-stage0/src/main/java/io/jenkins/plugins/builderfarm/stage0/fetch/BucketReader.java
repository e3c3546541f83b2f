package io.jenkins.plugins.builderfarm.stage0.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The little that stage0 wants of a bucket. */
interface BucketReader {
    /**
     * Opens an object's bytes unless they are still those of a known version.
     *
     * @return empty if they are
     * @throws FetchException if the bucket refuses or can't be reached
     */
    Optional<Content> openUnless(String name, Optional<String> version) throws FetchException;

    /**
     * Opens an object's bytes from an offset on, of this version and no other.
     *
     * @throws FetchException with {@link FetchException.Remedy#RESTART} if that version or that part of it is gone
     */
    Content openFrom(String name, String version, long offset) throws FetchException;

    /**
     * Bytes that are about to be read, and what they are of.
     *
     * @param version what the server calls it: of small letters and digits, so that it can be part of a file's name
     */
    record Content(InputStream bytes, String version) implements Closeable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
