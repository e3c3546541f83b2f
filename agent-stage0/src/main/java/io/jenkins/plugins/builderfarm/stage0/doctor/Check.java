package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** One thing to look at. A check changes nothing on the machine or the farm. */
public interface Check {
    /** One word. */
    String name();

    /**
     * Looks. It may block; the doctor interrupts it when it takes too long.
     *
     * @throws IOException if the check itself is at its wits' end, which counts as a failure, as any exception does
     */
    Finding run() throws IOException, GeneralSecurityException, InterruptedException;
}
