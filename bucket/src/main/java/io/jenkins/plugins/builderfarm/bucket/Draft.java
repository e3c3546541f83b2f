package io.jenkins.plugins.builderfarm.bucket;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Bytes on their way in, seen by nobody until they are published. Counts and sums them up as they pass. Not thread-safe.
 */
abstract class Draft extends OutputStream {

    private final Checksums.Calculator calculator = new Checksums.Calculator();
    private final long limit;
    private long size;
    private Checksums checksums;

    /** @param limit bytes that an object may have */
    Draft(long limit) {
        this.limit = limit;
    }

    /** Keeps the bytes somewhere. */
    abstract void keep(byte[] bytes, int offset, int length) throws IOException;

    /** Forgets the bytes; harmless after they were published or discarded. */
    abstract void discard();

    @Override
    public final void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        if (size + length > limit) {
            throw new ApiException(413, "uploadTooLarge", "This server takes objects of up to " + limit + " bytes");
        }
        keep(bytes, offset, length);
        calculator.update(bytes, offset, length);
        size += length;
    }

    /** Bytes written so far. */
    final long size() {
        return size;
    }

    /** Checksums of everything written; nothing can be added afterwards. */
    final Checksums checksums() {
        if (checksums == null) {
            checksums = calculator.finish();
        }
        return checksums;
    }
}
