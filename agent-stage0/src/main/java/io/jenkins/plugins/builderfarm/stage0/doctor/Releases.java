package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.stage0.fetch.ManifestProbe;
import java.io.IOException;

/** What the bucket has for this machine. */
interface Releases {
    /** @throws IOException if it has nothing, or nothing that may be used; the message says why */
    ManifestProbe.Found get() throws IOException, InterruptedException;

    /** Asks once, whether that succeeds or not. */
    static Releases once(Releases source) {
        return new Releases() {
            private ManifestProbe.Found found;
            private IOException failure;

            @Override
            public synchronized ManifestProbe.Found get() throws IOException, InterruptedException {
                if (failure != null) {
                    throw failure;
                }
                if (found == null) {
                    try {
                        found = source.get();
                    } catch (IOException e) {
                        failure = e;
                        throw e;
                    }
                }
                return found;
            }
        };
    }
}
