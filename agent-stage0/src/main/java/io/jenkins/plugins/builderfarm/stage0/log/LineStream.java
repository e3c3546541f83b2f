package io.jenkins.plugins.builderfarm.stage0.log;

import java.io.OutputStream;
import java.util.Arrays;

/** Hands each line on as a whole, once its end is there. Very long ones are divided. Thread-safe. */
final class LineStream extends OutputStream {
    /** In bytes; a character more if the division would fall into it. */
    static final int LONGEST = 16 << 10;

    private static final int FIRST_ROOM = 256;
    private static final int LONGEST_CHARACTER = 4;

    private final RotatedFile file;
    private byte[] line = new byte[FIRST_ROOM]; // guarded by this
    private int length; // guarded by this

    LineStream(RotatedFile file) {
        this.file = file;
    }

    @Override
    public synchronized void write(int b) {
        if (b != '\n' && length >= LONGEST && (!continues(b) || length >= LONGEST + LONGEST_CHARACTER)) {
            end();
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = (byte) b;
        if (b == '\n') {
            file.append(line, length);
            length = 0;
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            write(bytes[i]);
        }
    }

    /** Whether a byte of UTF-8 is not a character's first. */
    private static boolean continues(int b) {
        return (b & 0xC0) == 0x80;
    }

    /** Hands on what has no end yet, with one. */
    synchronized void end() {
        if (length > 0) {
            write('\n');
        }
    }
}
