package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import io.jenkins.plugins.builderfarm.stage0.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** A look at what a fetch would bring, which keeps nothing and writes nothing. Stateless. */
public final class ManifestProbe {
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private ManifestProbe() {}

    /** @param release what this machine is to run; its jar is in the bucket */
    public record Found(Manifest manifest, Release release) {}

    /**
     * Asks once, and verifies as a fetch does.
     *
     * @throws IOException if the bucket can't be read, or what it has would be refused; the message says why
     */
    public static Found look(FetchRequest request) throws IOException {
        Deadline deadline = new Deadline(request.limit(), System::nanoTime);
        BucketReader bucket = Buckets.open(request, SILENCE, deadline);
        String url = request.bucket().url(Manifest.OBJECT);
        Manifest manifest;
        try (BucketReader.Content content =
                bucket.openUnless(Manifest.OBJECT, Optional.empty()).orElseThrow()) {
            byte[] text = content.bytes().readNBytes(SignedManifest.LONGEST + 1);
            manifest = SignedManifest.verify(new String(text, StandardCharsets.ISO_8859_1), request.keys());
        } catch (ProtocolException e) {
            throw new IOException(url + " is refused: " + e.getMessage(), e);
        } catch (FetchException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(url + ": " + HttpFailures.explain(e), e);
        }
        long highest = highestSerial(request);
        if (manifest.serial() < highest) {
            throw new IOException(url + " is refused: it has serial " + manifest.serial()
                    + ", and this machine has already seen " + highest);
        }
        Release release = manifest.select(request.machine());
        bucket.openUnless(release.object(), Optional.empty()).orElseThrow().close();
        return new Found(manifest, release);
    }

    private static long highestSerial(FetchRequest request) throws IOException {
        // What is damaged there is the next fetch's to say.
        Log silent = Log.toNobody();
        return Files.isDirectory(request.state().path())
                ? ManifestStore.open(request, silent).highestSerial()
                : 0;
    }
}
