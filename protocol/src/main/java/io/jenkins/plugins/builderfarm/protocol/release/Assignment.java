package io.jenkins.plugins.builderfarm.protocol.release;

import io.jenkins.plugins.builderfarm.protocol.name.Version;

/** Where a host type gets its buildlet from. */
public sealed interface Assignment {
    /** Whatever the channel points at. */
    record Channel(String channel) implements Assignment {}

    /** This release, whatever the channels say. */
    record Pin(Version release) implements Assignment {}
}
