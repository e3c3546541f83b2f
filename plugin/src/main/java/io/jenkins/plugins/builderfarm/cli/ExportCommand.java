package io.jenkins.plugins.builderfarm.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.builderfarm.history.Transfer;

/** {@code builder-farm-export}: the whole configuration as YAML. */
@Extension
public final class ExportCommand extends CLICommand {
    @Override
    public String getName() {
        return "builder-farm-export";
    }

    @Override
    public String getShortDescription() {
        return "Prints the farm's configuration as YAML, for configuration as code or builder-farm-import.";
    }

    @Override
    protected int run() {
        stdout.print(Transfer.export());
        return 0;
    }
}
