package io.jenkins.plugins.builderfarm.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.builderfarm.farm.AdmittedMachines;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code builder-farm-deny}: keeps one machine out, or lets it in again. */
@Extension
public final class DenyCommand extends CLICommand {
    @Argument(metaVar = "HOST_TYPE", usage = "the machine's host type", required = true)
    private String hostType;

    @Argument(index = 1, metaVar = "HOSTNAME", usage = "the machine's hostname", required = true)
    private String hostname;

    @Option(name = "--undo", usage = "let the machine in again")
    private boolean undo;

    @Override
    public String getName() {
        return "builder-farm-deny";
    }

    @Override
    public String getShortDescription() {
        return "Drops one machine of the reverse pool at once, with what it builds, and lets it in no more.";
    }

    @Override
    protected int run() {
        if (undo) {
            AdmittedMachines.allow(Arguments.administeredHostType(hostType), hostname);
        } else {
            AdmittedMachines.deny(Arguments.administeredHostType(hostType), hostname);
        }
        return 0;
    }
}
