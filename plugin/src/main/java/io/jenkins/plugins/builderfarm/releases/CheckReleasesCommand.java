package io.jenkins.plugins.builderfarm.releases;

import hudson.AbortException;
import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import java.io.IOException;
import jenkins.model.Jenkins;

/** {@code builder-farm-check-releases}: asks the bucket now instead of within a minute. */
@Extension
public final class CheckReleasesCommand extends CLICommand {
    @Override
    public String getName() {
        return "builder-farm-check-releases";
    }

    @Override
    public String getShortDescription() {
        return "Asks the bucket of buildlet releases now what machines are to run.";
    }

    /** Exit code 5 and one line, as of any of Jenkins's commands that gives up, if the bucket can't be checked. */
    @Override
    protected int run() throws AbortException {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        try {
            stdout.println(ReleasePoller.get().check());
            return 0;
        } catch (IOException e) {
            throw (AbortException) new AbortException(e.getMessage()).initCause(e);
        }
    }
}
