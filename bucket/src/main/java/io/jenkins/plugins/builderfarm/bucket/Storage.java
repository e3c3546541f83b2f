package io.jenkins.plugins.builderfarm.bucket;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Where one bucket's objects are kept. Drafts may be made by any thread; the rest is called under the bucket's lock. */
interface Storage extends Closeable {

    /** An object that was there before. */
    record Loaded(ObjectMetadata metadata, Content content) {}

    /** What an earlier run left; called once, first. */
    List<Loaded> load() throws IOException;

    /** No generation that an earlier run used is above it, even of objects deleted since. */
    long lastGeneration() throws IOException;

    /** A place for an object's bytes. */
    Draft draft() throws IOException;

    /** Makes a draft's bytes and metadata the object, in one step: whatever happens, the old object or the new is there. */
    Content publish(Draft draft, ObjectMetadata metadata) throws IOException;

    /** Replaces the metadata of the generation that is there. */
    void update(ObjectMetadata metadata) throws IOException;

    /** Removes the object. */
    void remove(ObjectMetadata metadata) throws IOException;
}
