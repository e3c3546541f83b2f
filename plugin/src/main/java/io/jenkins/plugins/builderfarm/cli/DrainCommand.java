package io.jenkins.plugins.builderfarm.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.farm.DrainedMachines;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code builder-farm-drain}: takes one machine out of work, or back, for its owner. */
@Extension
public final class DrainCommand extends CLICommand {
    @Argument(metaVar = "HOST_TYPE", usage = "the machine's host type", required = true)
    private String hostType;

    @Argument(index = 1, metaVar = "HOSTNAME", usage = "the machine's hostname", required = true)
    private String hostname;

    @Option(name = "--resume", usage = "give the machine work again")
    private boolean resume;

    @Option(name = "--reason", metaVar = "TEXT", forbids = "--resume", usage = "why, for people")
    private String reason = "";

    @Override
    public String getName() {
        return "builder-farm-drain";
    }

    @Override
    public String getShortDescription() {
        return "Gives one machine of the reverse pool no more work, until it is resumed.";
    }

    @Override
    protected int run() {
        // Else host types could be guessed by whoever may not see any.
        Jenkins.get().checkPermission(FarmPermissions.SEE);
        HostType type = Arguments.hostType(hostType);
        if (resume) {
            DrainedMachines.resume(type, hostname);
        } else {
            DrainedMachines.drain(type, hostname, reason);
        }
        return 0;
    }
}
