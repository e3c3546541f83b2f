package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import io.jenkins.plugins.builderfarm.stage0.Log;
import io.jenkins.plugins.builderfarm.stage0.state.AtomicFile;
import io.jenkins.plugins.builderfarm.stage0.state.DamagedFileException;
import io.jenkins.plugins.builderfarm.stage0.state.StateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The newest manifest that this machine accepted, and what keeps an older one from being accepted after it. The signed
 * envelope is kept and verified anew each time, so nothing here is believed because it is on the disk. Not thread-safe.
 */
final class ManifestStore {
    private static final String SOURCE = "source";
    private static final String GENERATION = "generation";
    private static final String SERIAL = "serial.";

    private final FetchRequest request;
    private final Path envelope;
    private final StateFile file;
    private final Map<String, String> fields = new TreeMap<>();
    private Optional<Manifest> manifest = Optional.empty();

    private ManifestStore(FetchRequest request) {
        this.request = request;
        this.envelope = request.state().envelope();
        this.file = request.state().fetched();
    }

    /** Reads what is there; what is damaged is said and taken for not there. */
    static ManifestStore open(FetchRequest request, Log log) throws IOException {
        ManifestStore store = new ManifestStore(request);
        try {
            store.file.read().ifPresent(store.fields::putAll);
        } catch (DamagedFileException e) {
            log.say(e.getMessage() + "; begins a new one");
        }
        store.manifest = store.readEnvelope(log);
        return store;
    }

    private Optional<Manifest> readEnvelope(Log log) throws IOException {
        try {
            if (Files.size(envelope) > SignedManifest.LONGEST) {
                throw new ProtocolException("it is far too large");
            }
            // Latin 1 takes any byte; JSON's and base64's are the same in it.
            String text = new String(Files.readAllBytes(envelope), StandardCharsets.ISO_8859_1);
            return Optional.of(SignedManifest.verify(text, request.keys()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (ProtocolException e) {
            log.say("the kept manifest " + envelope + " is not used: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The kept manifest, verified with the keys that are trusted now. */
    Optional<Manifest> manifest() {
        return manifest;
    }

    /** What the server calls the one that is kept; empty if the whole manifest is wanted. */
    Optional<String> version() {
        boolean same = request.source().equals(fields.get(SOURCE));
        return manifest.isPresent() && same ? Optional.ofNullable(fields.get(GENERATION)) : Optional.empty();
    }

    /** The highest serial that was seen under any of the keys that are trusted now; 0 if none was. */
    long highestSerial() {
        long kept = manifest.map(Manifest::serial).orElse(0L);
        return Math.max(kept, highest(request.keys()));
    }

    private long highest(List<ReleaseKey> keys) {
        return keys.stream()
                .mapToLong(key -> number(fields.get(SERIAL + key.id())).orElse(0))
                .max()
                .orElse(0);
    }

    /** Makes this the newest manifest; it has been verified, and its serial is not below {@link #highestSerial}. */
    void accept(Manifest verified, byte[] text, String version) throws IOException {
        manifest = Optional.of(verified);
        fields.put(SOURCE, request.source());
        fields.put(GENERATION, version);
        // Under every trusted key: after a change of keys the new one alone must still remember.
        request.keys().forEach(key -> fields.put(SERIAL + key.id(), Long.toString(verified.serial())));
        // The envelope first: should the power fail in between, the old version makes for one whole download more.
        AtomicFile.write(envelope, text);
        file.write(fields);
    }

    private static OptionalLong number(String text) {
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
