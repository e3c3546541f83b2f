package io.jenkins.plugins.builderfarm.stage0;

import java.util.Optional;

/** The version of this program, as its jar's manifest has it. */
public final class Stage0Version {
    public static final String TEXT = Optional.ofNullable(
                    Stage0Version.class.getPackage().getImplementationVersion())
            .orElse("0-unpackaged");

    private Stage0Version() {}
}
