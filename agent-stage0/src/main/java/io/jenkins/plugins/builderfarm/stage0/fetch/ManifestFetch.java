package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import io.jenkins.plugins.builderfarm.stage0.fetch.FetchException.Remedy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks for a newer manifest, and takes it only if it is signed and not older than the newest seen. Not thread-safe. */
final class ManifestFetch {
    private final FetchRequest request;
    private final BucketReader bucket;
    private final ManifestStore store;
    private final Retries retries;

    ManifestFetch(FetchRequest request, BucketReader bucket, ManifestStore store, Retries retries) {
        this.request = request;
        this.bucket = bucket;
        this.store = store;
        this.retries = retries;
    }

    /**
     * Returns once the store has the newest manifest.
     *
     * @throws FetchException if the bucket doesn't give one, or gives one that must not be used
     * @throws IOException if it can't be kept
     */
    void run() throws IOException, InterruptedException {
        while (true) {
            Optional<Fetched> fetched;
            try {
                fetched = download();
            } catch (FetchException e) {
                retries.afterFailure(e);
                continue;
            }
            if (fetched.isPresent()) {
                accept(fetched.get());
            }
            return;
        }
    }

    private record Fetched(byte[] text, String version) {}

    private Optional<Fetched> download() throws FetchException {
        Optional<BucketReader.Content> answer = bucket.openUnless(Manifest.OBJECT, store.version());
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        try (BucketReader.Content content = answer.get()) {
            byte[] text = content.bytes().readNBytes(SignedManifest.LONGEST + 1);
            return Optional.of(new Fetched(text, content.version()));
        } catch (IOException e) {
            throw new FetchException(Remedy.RETRY, url() + ": " + HttpFailures.explain(e), Optional.empty(), e);
        }
    }

    private void accept(Fetched fetched) throws IOException {
        Manifest manifest;
        try {
            manifest = SignedManifest.verify(new String(fetched.text(), StandardCharsets.ISO_8859_1), request.keys());
        } catch (ProtocolException e) {
            throw new FetchException(Remedy.NONE, url() + " is refused: " + e.getMessage(), Optional.empty(), e);
        }
        if (manifest.serial() < store.highestSerial()) {
            throw new FetchException(
                    Remedy.NONE,
                    url() + " is refused: it has serial " + manifest.serial() + ", and this machine has already seen "
                            + store.highestSerial());
        }
        store.accept(manifest, fetched.text(), fetched.version());
    }

    private String url() {
        return request.bucket().url(Manifest.OBJECT);
    }
}
