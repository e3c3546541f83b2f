package io.jenkins.plugins.builderfarm.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** Prints a host type's builder key, and nothing else, so that the output is a key file. */
@Extension
public final class BuilderKeyCommand extends CLICommand {
    @Argument(metaVar = "HOST_TYPE", usage = "the host type, such as host-linux-riscv64", required = true)
    private String hostType;

    @Option(name = "--rotate", usage = "start the next generation and print its key; the ones before stay valid")
    private boolean rotate;

    @Option(
            name = "--revoke",
            metaVar = "GENERATION",
            forbids = "--rotate",
            usage = "revoke a generation; its machines are refused from now on, and nothing is printed")
    private Integer revoke;

    @Override
    public String getName() {
        return "builder-farm-key";
    }

    @Override
    public String getShortDescription() {
        return "Prints the builder key of a host type of the reverse pool.";
    }

    @Override
    protected int run() {
        if (revoke == null) {
            Jenkins.get().checkPermission(FarmPermissions.SEE_KEYS);
        }
        if (revoke != null || rotate) {
            Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        }
        HostTypeName name = BuilderFarmConfiguration.get()
                .hostType(hostType)
                .filter(type -> type.reversePool().isPresent())
                .map(HostType::hostTypeName)
                .orElseThrow(() ->
                        new IllegalArgumentException("no host type of the reverse pool is called '" + hostType + "'"));
        if (revoke != null) {
            BuilderKeys.get().revoke(name, revoke);
            return 0;
        }
        if (rotate) {
            BuilderKeys.get().rotate(name);
        }
        stdout.println(
                BuilderKeys.get().show(name, "by the command " + getName()).print());
        return 0;
    }
}
