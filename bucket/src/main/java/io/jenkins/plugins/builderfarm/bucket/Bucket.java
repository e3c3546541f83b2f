package io.jenkins.plugins.builderfarm.bucket;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The live objects of one bucket. Thread-safe; every change happens under the bucket's lock, so that a precondition and
 * the write it guards are one step.
 */
final class Bucket implements Closeable {

    /** An object held open: its bytes stay readable whatever happens to the object. */
    record Opened(ObjectMetadata metadata, InputStream bytes) {}

    private static final Logger LOGGER = Logger.getLogger(Bucket.class.getName());

    private final String name;
    private final Storage storage;
    private final Generations generations;
    private final Clock clock;
    /** Guarded by this. */
    private final TreeMap<String, Storage.Loaded> objects = new TreeMap<>(Names.ORDER);

    Bucket(String name, Storage storage, Clock clock) throws IOException {
        this.name = name;
        this.storage = storage;
        this.clock = clock;
        this.generations = new Generations(clock);
        for (Storage.Loaded object : storage.load()) {
            objects.put(object.metadata().name(), object);
            generations.skipTo(object.metadata().generation());
        }
        generations.skipTo(storage.lastGeneration());
    }

    String name() {
        return name;
    }

    Draft draft() throws IOException {
        return storage.draft();
    }

    /** The object's metadata; 404 if there is none, or none of that generation (null: whichever is live). */
    synchronized ObjectMetadata find(String object, Long generation, Preconditions preconditions) {
        return require(object, generation, preconditions).metadata();
    }

    /** The same, with the bytes. */
    synchronized Opened open(String object, Long generation, Preconditions preconditions) throws IOException {
        Storage.Loaded found = require(object, generation, preconditions);
        return new Opened(found.metadata(), found.content().open());
    }

    /** Refuses where {@link #put} would, before any byte is sent. */
    synchronized void check(String object, Preconditions preconditions) {
        preconditions.check(live(object));
    }

    /** Makes the draft the live object. The draft is used up, whether it works or not. */
    ObjectMetadata put(String object, Draft draft, Attributes attributes, Preconditions preconditions)
            throws IOException {
        try {
            synchronized (this) {
                preconditions.check(live(object));
                var now = clock.instant();
                ObjectMetadata metadata = new ObjectMetadata(
                        name, object, generations.next(), 1, draft.size(), draft.checksums(), attributes, now, now);
                Content content = storage.publish(draft, metadata);
                Storage.Loaded before = objects.put(object, new Storage.Loaded(metadata, content));
                if (before != null) {
                    free(before);
                }
                return metadata;
            }
        } finally {
            draft.discard();
        }
    }

    synchronized ObjectMetadata patch(
            String object, Long generation, Preconditions preconditions, UnaryOperator<Attributes> change)
            throws IOException {
        Storage.Loaded before = require(object, generation, preconditions);
        ObjectMetadata after =
                before.metadata().withAttributes(change.apply(before.metadata().attributes()), clock.instant());
        storage.update(after);
        objects.put(object, new Storage.Loaded(after, before.content()));
        return after;
    }

    synchronized void delete(String object, Long generation, Preconditions preconditions) throws IOException {
        Storage.Loaded found = require(object, generation, preconditions);
        storage.remove(found.metadata());
        objects.remove(object);
        free(found);
    }

    synchronized Listing list(Listing.Query query) {
        Map<String, ObjectMetadata> metadata = new TreeMap<>(Names.ORDER);
        objects.tailMap(query.prefix(), true).forEach((key, object) -> metadata.put(key, object.metadata()));
        return Listing.of(query, metadata);
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }

    /** Bytes that nobody can name any more; should they stay, the next start sweeps them up. */
    private static void free(Storage.Loaded object) {
        try {
            object.content().delete();
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Can't free the bytes of " + object.metadata().name());
        }
    }

    private Optional<ObjectMetadata> live(String object) {
        return Optional.ofNullable(objects.get(object)).map(Storage.Loaded::metadata);
    }

    private Storage.Loaded require(String object, Long generation, Preconditions preconditions) {
        Storage.Loaded found = objects.get(object);
        if (found == null
                || (generation != null && generation != found.metadata().generation())) {
            throw ApiException.noSuchObject(name, object);
        }
        preconditions.check(Optional.of(found.metadata()));
        return found;
    }
}
