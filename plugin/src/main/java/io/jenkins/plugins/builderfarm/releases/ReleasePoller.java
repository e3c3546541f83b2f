package io.jenkins.plugins.builderfarm.releases;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.Releases;
import io.jenkins.plugins.builderfarm.farm.ReleaseFeedExtension;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Knows the newest verified manifest of the configured bucket. A check that fails changes nothing but {@link #problem}.
 * Thread-safe; one check at a time.
 */
@Extension
public final class ReleasePoller implements ReleaseFeedExtension {
    private static final Logger LOGGER = Logger.getLogger(ReleasePoller.class.getName());

    private volatile State state = State.NONE;

    @CheckForNull
    private volatile String problem;

    /** What is known of which bucket. */
    private record State(@CheckForNull KnownManifest known, Optional<Manifest> manifest) {
        static final State NONE = new State(null, Optional.empty());

        boolean isOf(URI address) {
            return known != null && known.address().equals(address.toString());
        }

        /** What to ask that address with. */
        @CheckForNull
        String etag(URI address) {
            return known != null && isOf(address) ? known.etag() : null;
        }
    }

    public static ReleasePoller get() {
        return ExtensionList.lookupSingleton(ReleasePoller.class);
    }

    /** The newest verified manifest; empty if there is none yet, or no bucket is configured any more. */
    @Override
    public Optional<Manifest> manifest() {
        return BuilderFarmConfiguration.get().getReleases() == null ? Optional.empty() : state.manifest();
    }

    /** Why the last check failed, for people; empty if it didn't. */
    public Optional<String> problem() {
        return BuilderFarmConfiguration.get().getReleases() == null ? Optional.empty() : Optional.ofNullable(problem);
    }

    /**
     * Asks the bucket now.
     *
     * @return what there is, a sentence for people
     * @throws IOException if it can't be known: no bucket configured, no answer, no valid signature, an older manifest;
     *     what was known before stays
     */
    public synchronized String check() throws IOException {
        Releases releases = BuilderFarmConfiguration.get().getReleases();
        if (releases == null) {
            throw new IOException("no bucket of buildlet releases is configured");
        }
        try {
            String said = check(releases, ManifestAddress.of(releases));
            problem = null;
            return said;
        } catch (ProtocolException e) {
            throw failed(releases, e);
        } catch (IOException e) {
            throw failed(releases, e);
        }
    }

    private IOException failed(Releases releases, Exception e) {
        String text = "The buildlet releases in " + releases.getBucket() + " can't be checked: " + e.getMessage();
        if (!text.equals(problem)) {
            LOGGER.log(Level.WARNING, text);
        }
        problem = text;
        return new IOException(text, e);
    }

    private String check(Releases releases, URI address) throws IOException, ProtocolException {
        if (!state.isOf(address)) {
            state = restore(releases, address);
        }
        State before = state;
        Optional<ManifestDownload> newer = ManifestDownload.get(address, before.etag(address));
        if (newer.isEmpty()) {
            return "Nothing new: " + describe(before.manifest().orElseThrow());
        }
        Manifest manifest = verify(releases, newer.get().text());
        long serial = before.manifest().map(Manifest::serial).orElse(0L);
        if (manifest.serial() < serial) {
            throw new ProtocolException(
                    "the manifest has serial " + manifest.serial() + ", which is older than the known one's " + serial);
        }
        KnownManifest known = new KnownManifest(
                address.toString(), newer.get().text(), newer.get().etag());
        known.save(file());
        state = new State(known, Optional.of(manifest));
        if (manifest.serial() == serial) {
            return "Nothing new: " + describe(manifest);
        }
        LOGGER.info(() -> "Buildlet releases: " + describe(manifest));
        return "New: " + describe(manifest);
    }

    /** What an earlier run of Jenkins knew of this bucket, if today's keys vouch for it. */
    private static State restore(Releases releases, URI address) {
        Optional<KnownManifest> known =
                KnownManifest.load(file()).filter(one -> one.address().equals(address.toString()));
        if (known.isEmpty()) {
            return State.NONE;
        }
        try {
            return new State(
                    known.get(), Optional.of(verify(releases, known.get().envelope())));
        } catch (ProtocolException e) {
            LOGGER.fine(() -> "The manifest that was known before doesn't count any more: " + e.getMessage());
            return State.NONE;
        }
    }

    private static Manifest verify(Releases releases, String envelope) throws ProtocolException {
        return SignedManifest.verify(
                envelope, releases.getKeys().stream().map(ReleaseKey::parse).toList());
    }

    private static String describe(Manifest manifest) {
        return "serial " + manifest.serial() + ", " + Manifest.STABLE + " is "
                + Objects.requireNonNull(manifest.channels().get(Manifest.STABLE), Manifest.STABLE);
    }

    private static Path file() {
        return Jenkins.get().getRootDir().toPath().resolve("builder-farm").resolve("manifest.json");
    }
}
