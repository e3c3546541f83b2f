package io.jenkins.plugins.builderfarm.stage0;

import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.util.Arrays;

/** Builder keys of a farm that there never was. */
public final class TestKeys {
    private TestKeys() {}

    public static BuilderKey of(String hostType) {
        MasterKey master = message -> Arrays.copyOf(message, 32);
        return BuilderKey.derive(master, new HostTypeName(hostType), BuilderKey.FIRST_GENERATION);
    }
}
