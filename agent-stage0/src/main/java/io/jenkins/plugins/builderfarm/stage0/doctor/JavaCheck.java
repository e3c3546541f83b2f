package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.protocol.release.Release;
import java.io.IOException;

/**
 * Whether this Java runs the release that this machine is to run.
 *
 * @param feature this Java's feature version
 * @param version the whole of it, for people
 */
record JavaCheck(int feature, String version, String home, Releases releases) implements Check {
    @Override
    public String name() {
        return "java";
    }

    @Override
    public Finding run() throws InterruptedException {
        String found = "Java " + version + " in " + home;
        Release release;
        try {
            release = releases.get().release();
        } catch (IOException e) {
            return Finding.ok(found + " (what the release needs isn't known, see bucket)");
        }
        if (release.minimumJava() > feature) {
            return Finding.fail(
                    found + ", and release " + release.version() + " needs Java " + release.minimumJava(),
                    "install a newer Java");
        }
        return Finding.ok(found + "; release " + release.version() + " needs Java " + release.minimumJava());
    }
}
