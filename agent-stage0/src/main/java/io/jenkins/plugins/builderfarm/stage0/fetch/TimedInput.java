package io.jenkins.plugins.builderfarm.stage0.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/** Bytes that must all have come by a deadline: a server that sends one a second never runs into a read's own timeout. */
final class TimedInput extends FilterInputStream {
    private final Deadline deadline;

    TimedInput(InputStream in, Deadline deadline) {
        super(in);
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        check();
        return super.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        check();
        return super.read(buffer, offset, length);
    }

    private void check() throws SocketTimeoutException {
        if (deadline.passed()) {
            throw new SocketTimeoutException("the time for the whole fetch is over");
        }
    }
}
