package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** A check that can fail in the making, which is a finding like any other. */
record LazyCheck(String name, Maker maker) implements Check {
    /** Makes the check that does the looking. */
    interface Maker {
        Check make() throws GeneralSecurityException;
    }

    @Override
    public Finding run() throws IOException, GeneralSecurityException, InterruptedException {
        return maker.make().run();
    }
}
