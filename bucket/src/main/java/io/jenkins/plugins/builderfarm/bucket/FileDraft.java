package io.jenkins.plugins.builderfarm.bucket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A draft in a temporary file. */
final class FileDraft extends Draft {

    private static final Logger LOGGER = Logger.getLogger(FileDraft.class.getName());

    private final Path file;
    private final FileChannel channel;

    FileDraft(Path file, long limit) throws IOException {
        super(limit);
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
    }

    @Override
    void keep(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** The bytes reach the disk before any name points at them. */
    void moveTo(Path target) throws IOException {
        channel.force(true);
        channel.close();
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    void discard() {
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next start sweeps it up; the client's answer must not depend on it.
            LOGGER.log(Level.WARNING, e, () -> "Can't remove " + file);
        }
    }
}
