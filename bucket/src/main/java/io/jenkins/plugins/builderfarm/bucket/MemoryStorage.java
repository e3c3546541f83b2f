package io.jenkins.plugins.builderfarm.bucket;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Keeps nothing beyond the process. */
final class MemoryStorage implements Storage {

    private final long limit;

    MemoryStorage(long limit) {
        this.limit = limit;
    }

    @Override
    public List<Loaded> load() {
        return List.of();
    }

    @Override
    public long lastGeneration() {
        return 0;
    }

    @Override
    public Draft draft() {
        return new MemoryDraft(limit);
    }

    @Override
    public Content publish(Draft draft, ObjectMetadata metadata) {
        if (draft instanceof MemoryDraft ours) {
            return Content.of(ours.bytes.toByteArray());
        }
        throw new IllegalArgumentException("A draft of another storage: " + draft.getClass());
    }

    @Override
    public void update(ObjectMetadata metadata) {
        // the bucket's index is all there is
    }

    @Override
    public void remove(ObjectMetadata metadata) {
        // the bucket's index is all there is
    }

    @Override
    public void close() {
        // nothing is open
    }

    private static final class MemoryDraft extends Draft {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        MemoryDraft(long limit) {
            super(limit);
        }

        @Override
        void keep(byte[] more, int offset, int length) {
            bytes.write(more, offset, length);
        }

        @Override
        void discard() {
            bytes.reset();
        }
    }
}
