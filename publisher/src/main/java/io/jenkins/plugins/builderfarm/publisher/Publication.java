package io.jenkins.plugins.builderfarm.publisher;

import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Changes a bucket's manifest: read, verify, edit, sign, write under the generation that was read. Somebody else's change
 * in between makes it begin anew, once.
 */
final class Publication {
    private static final int TRIES = 2;

    private final ReleaseBucket bucket;
    private final Keys keys;
    private final Instant now;
    private final boolean dryRun;
    private final PrintStream out;
    private final PrintStream err;

    Publication(ReleaseBucket bucket, Keys keys, Instant now, boolean dryRun, PrintStream out, PrintStream err) {
        this.bucket = bucket;
        this.keys = keys;
        this.now = now;
        this.dryRun = dryRun;
        this.out = out;
        this.err = err;
    }

    /** A verified manifest and the generation it was read at. */
    record Current(Manifest manifest, long generation) {}

    /** @throws Failure if there is none, or no trusted key signed it */
    Current read() throws Failure {
        ReleaseBucket.Stored stored = bucket.readManifest()
                .orElseThrow(() -> Failure.manifest("there is no " + where() + "; init makes the first one"));
        try {
            return new Current(SignedManifest.verify(stored.text(), keys.trusted()), stored.generation());
        } catch (ProtocolException e) {
            throw Failure.manifest(where() + ": " + e.getMessage());
        }
    }

    /** Writes a bucket's first manifest, after the jar that it names. */
    void create(Draft draft, BuildletJar jar) throws Failure {
        Manifest manifest = draft.build(now);
        if (bucket.readManifest().isPresent()) {
            throw Failure.manifest(where() + " is there already; publish adds a release to it");
        }
        upload(manifest.releases().get(0), jar);
        if (write(manifest, ReleaseBucket.NONE, 0).isEmpty()) {
            throw Failure.conflict(where() + " was made by somebody else meanwhile; publish adds a release to it");
        }
        manifest.channels().forEach((channel, release) -> out.println("channel " + channel + ": new, " + release));
    }

    /**
     * Uploads a release's jar, then changes the manifest. What the manifest does not allow is found out before anything
     * is uploaded, and a manifest never names a jar that is not there.
     */
    void publish(Release release, BuildletJar jar, Edit edit) throws Failure {
        Edit whole = Edits.add(release).then(edit);
        Draft trial = Draft.after(read().manifest());
        whole.apply(trial);
        trial.build(now);
        upload(release, jar);
        change(whole, false);
    }

    private void upload(Release release, BuildletJar jar) throws Failure {
        if (!dryRun) {
            bucket.putJar(release, jar.bytes());
        }
    }

    /**
     * Makes a change.
     *
     * @param always whether to write even if machines would see no difference, so that it is signed and dated anew
     */
    void change(Edit edit, boolean always) throws Failure {
        for (int tries = 0; tries < TRIES; tries++) {
            Current current = read();
            Draft draft = Draft.after(current.manifest());
            edit.apply(draft);
            Manifest next = draft.build(now);
            List<String> changes = Changes.between(current.manifest(), next);
            if (changes.isEmpty() && !always) {
                out.println("nothing to change: " + where() + " says so already");
                return;
            }
            if (write(next, current.generation(), current.manifest().serial()).isPresent()) {
                changes.forEach(out::println);
                draft.warnings.forEach(warning -> err.println("publisher: warning: " + warning));
                return;
            }
            err.println("publisher: somebody else changed " + where() + " meanwhile; beginning anew");
        }
        throw Failure.conflict(
                where() + " was changed by somebody else " + TRIES + " times meanwhile; nothing changed, try again");
    }

    private Optional<Long> write(Manifest manifest, long generation, long serialBefore) throws Failure {
        String serials = "serial " + (serialBefore == 0 ? "" : serialBefore + " -> ") + manifest.serial();
        if (dryRun) {
            out.println("dry run, would change " + where() + ": " + serials);
            return Optional.of(generation);
        }
        String text;
        try {
            text = SignedManifest.sign(manifest, keys.signing());
        } catch (IllegalArgumentException e) {
            throw Failure.manifest(where() + ": " + e.getMessage());
        }
        Optional<Long> written = bucket.writeManifest(text, generation);
        written.ifPresent(at -> out.println("wrote " + where() + ": " + serials + ", generation " + at + ", signed by "
                + keys.signing().stream().map(key -> key.publicKey().id()).collect(Collectors.joining(" and "))));
        return written;
    }

    private String where() {
        return bucket.folder().show(Manifest.OBJECT);
    }
}
