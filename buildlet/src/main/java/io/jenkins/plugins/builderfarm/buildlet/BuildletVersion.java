package io.jenkins.plugins.builderfarm.buildlet;

import io.jenkins.plugins.builderfarm.protocol.name.Version;

/** The version of this program, as its jar's manifest has it. */
final class BuildletVersion {
    /** When it runs from class files. */
    private static final String UNPACKAGED = "0-unpackaged";

    private BuildletVersion() {}

    static Version current() {
        String version = BuildletVersion.class.getPackage().getImplementationVersion();
        return new Version(version == null ? UNPACKAGED : version);
    }
}
