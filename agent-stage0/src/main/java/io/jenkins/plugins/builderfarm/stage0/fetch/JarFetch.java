package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import io.jenkins.plugins.builderfarm.stage0.Log;
import io.jenkins.plugins.builderfarm.stage0.fetch.FetchException.Remedy;
import io.jenkins.plugins.builderfarm.stage0.state.AtomicFile;
import io.jenkins.plugins.builderfarm.stage0.state.JarStore;
import io.jenkins.plugins.builderfarm.stage0.state.KeptRelease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Brings a release's jar into the store. What an interrupted download left, in this process or an earlier one, is
 * continued by a range request for the same version of the object; nothing gets its final name before its digest
 * was found right. Not thread-safe.
 */
final class JarFetch {
    private static final int BUFFER = 1 << 15;

    private final Release release;
    private final KeptRelease wanted;
    private final String url;
    private final BucketReader bucket;
    private final JarStore store;
    private final Retries retries;
    private final Log log;

    JarFetch(Release release, FetchRequest request, BucketReader bucket, Retries retries, Log log) {
        this.release = release;
        this.wanted = new KeptRelease(release.version(), release.sha256(), release.size());
        this.url = request.bucket().url(release.object());
        this.bucket = bucket;
        this.store = request.state().jars();
        this.retries = retries;
        this.log = log;
    }

    /** The release as it is kept, whether or not its jar is there yet. */
    KeptRelease wanted() {
        return wanted;
    }

    /** Whether the jar is already there and right; one that is there and wrong is said. */
    boolean present() throws IOException {
        if (store.isWhole(wanted)) {
            return true;
        }
        if (Files.exists(store.path(release.sha256()))) {
            log.say("the kept jar of " + wanted + " is damaged");
        }
        return false;
    }

    /**
     * Returns once the jar is in the store.
     *
     * @throws FetchException if the bucket doesn't give it, or gives something else
     * @throws IOException if it can't be kept
     */
    void run() throws IOException, InterruptedException {
        boolean fromNothing = false;
        while (true) {
            Optional<Path> part = part();
            boolean resumed = part.isPresent();
            if (!resumed || Files.size(part.get()) < release.size()) {
                try {
                    part = Optional.of(download(part));
                } catch (FetchException e) {
                    if (e.remedy() == Remedy.RESTART && !fromNothing) {
                        fromNothing = true;
                        forget();
                    } else {
                        retries.afterFailure(e);
                    }
                    continue;
                }
            }
            Sha256 digest = Sha256.of(part.get());
            if (Files.size(part.get()) == release.size() && digest.equals(release.sha256())) {
                AtomicFile.install(part.get(), store.path(release.sha256()));
                log.say("fetched and verified " + wanted + " (" + release.size() + " bytes)");
                return;
            }
            forget();
            if (!resumed || fromNothing) {
                throw new FetchException(
                        Remedy.NONE,
                        url + " is refused: its SHA-256 is " + digest + ", and " + wanted + "'s is "
                                + release.sha256());
            }
            // The fault may lie in what an earlier fetch left: once more, all of it.
            fromNothing = true;
        }
    }

    /** What to continue: of several versions' parts, the newest. */
    private Optional<Path> part() throws IOException {
        List<Path> parts = store.parts(release.sha256());
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts.get(parts.size() - 1));
    }

    private void forget() throws IOException {
        for (Path part : store.parts(release.sha256())) {
            Files.deleteIfExists(part);
        }
    }

    /** Fetches what is missing; returns the part, which has as many bytes as it should. */
    private Path download(Optional<Path> begun) throws IOException {
        if (begun.isPresent()) {
            Path part = begun.get();
            long offset = Files.size(part);
            log.say("continues the download of " + wanted + " at byte " + offset + " of " + release.size());
            try (BucketReader.Content content = bucket.openFrom(release.object(), version(part), offset)) {
                append(content.bytes(), part);
            }
            return part;
        }
        try (BucketReader.Content content =
                bucket.openUnless(release.object(), Optional.empty()).orElseThrow()) {
            Path part = store.part(release.sha256(), content.version());
            append(content.bytes(), part);
            return part;
        }
    }

    private String version(Path part) {
        String name = String.valueOf(part.getFileName());
        int start = release.sha256().hex().length() + 1;
        return name.substring(Math.min(start, name.length()), Math.max(start, name.length() - ".part".length()));
    }

    /** Adds what comes to the part, up to one byte more than it should have: that much shows that it is wrong. */
    private void append(InputStream bytes, Path part) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = Files.exists(part) ? Files.size(part) : 0;
        try (OutputStream out = Files.newOutputStream(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (size <= release.size()) {
                int n = read(bytes, buffer, (int) Math.min(BUFFER, release.size() + 1 - size));
                if (n < 0) {
                    break;
                }
                out.write(buffer, 0, n);
                size += n;
                retries.gained();
            }
        }
        if (size < release.size()) {
            throw cut(size, null);
        }
    }

    /** A failed read is the network's fault and worth another try; a failed write, outside, is the disk's. */
    private int read(InputStream in, byte[] buffer, int most) throws FetchException {
        try {
            return in.read(buffer, 0, most);
        } catch (IOException e) {
            throw cut(-1, e);
        }
    }

    private FetchException cut(long size, IOException cause) {
        String why = cause == null
                ? "it ended after " + size + " of " + release.size() + " bytes"
                : HttpFailures.explain(cause);
        return new FetchException(Remedy.RETRY, url + ": " + why, Optional.empty(), cause);
    }
}
