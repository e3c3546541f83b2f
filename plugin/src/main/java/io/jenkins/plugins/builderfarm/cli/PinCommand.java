package io.jenkins.plugins.builderfarm.cli;

import hudson.AbortException;
import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.farm.AdmittedMachines;
import java.util.List;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code builder-farm-pin}: lets in this machine, and others only if they are pinned too. */
@Extension
public final class PinCommand extends CLICommand {
    @Argument(metaVar = "HOST_TYPE", usage = "the machine's host type", required = true)
    private String hostType;

    @Argument(index = 1, metaVar = "HOSTNAME", usage = "the machine's hostname", required = true)
    private String hostname;

    @Option(name = "--undo", usage = "pin the machine no more; with the last one every machine is let in again")
    private boolean undo;

    @Option(name = "--confirm", forbids = "--undo", usage = "pin it even if that drops connected machines")
    private boolean confirmed;

    @Override
    public String getName() {
        return "builder-farm-pin";
    }

    @Override
    public String getShortDescription() {
        return "Lets in one machine of the reverse pool, and others of its host type only if they are pinned too.";
    }

    @Override
    protected int run() throws AbortException {
        HostType type = Arguments.administeredHostType(hostType);
        if (undo) {
            AdmittedMachines.unpin(type, hostname);
            return 0;
        }
        List<String> dropped = AdmittedMachines.droppedByPin(type, hostname);
        if (!dropped.isEmpty() && !confirmed) {
            throw new AbortException("These machines would be dropped at once, with what they build: "
                    + String.join(", ", dropped) + ". Nothing was changed; repeat with --confirm.");
        }
        AdmittedMachines.pin(type, hostname);
        return 0;
    }
}
