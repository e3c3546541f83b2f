package io.jenkins.plugins.builderfarm.stage0.state;

import java.io.IOException;

/** A file of ours that can't be what we wrote: half of it, or bits that a disk lost. The message names it. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedFileException(String message) {
        super(message);
    }
}
