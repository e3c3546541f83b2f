package io.jenkins.plugins.builderfarm.policy;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.coordinator.policy.Decision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** Says why builders build something or don't, a line for each. */
@Extension
public final class ExplainCommand extends CLICommand {
    @Argument(index = 0, metaVar = "REPOSITORY", usage = "the repository, such as net", required = true)
    private String repository;

    @Argument(index = 1, metaVar = "BRANCH", usage = "its branch", required = true)
    private String branch;

    @Argument(index = 2, metaVar = "BUILDER", usage = "the builders to explain; all of them if none is named")
    private List<String> names = new ArrayList<>();

    @Option(
            name = "--main-branch",
            metaVar = "BRANCH",
            usage = "the branch of the main repository that it is built with; else it is the same")
    private String mainBranch;

    @Option(name = "--phase", metaVar = "PHASE", usage = "post-submit (unless said otherwise) or pre-submit")
    private String phase;

    @Override
    public String getName() {
        return "builder-farm-explain";
    }

    @Override
    public String getShortDescription() {
        return "Explains which builders build a repository and branch, and why.";
    }

    @Override
    protected int run() {
        Jenkins.get().checkPermission(FarmPermissions.SEE);
        Set<String> wanted = new HashSet<>(names);
        for (String name : wanted) {
            BuilderFarmConfiguration.get()
                    .builder(name)
                    .orElseThrow(() -> new IllegalArgumentException("no builder is called '" + name + "'"));
        }
        for (Decision decision :
                Answer.to(repository, branch, mainBranch, phase).getDecisions()) {
            if (wanted.isEmpty() || wanted.contains(decision.builder().name())) {
                stdout.println(decision.explanation());
            }
        }
        return 0;
    }
}
