package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What the tests do with Pipelines inside Jenkins's own process. Apart from the rest, which goes without them. Stateless. */
final class Pipelines {
    private Pipelines() {}

    static WorkflowJob create(String name, String script) throws Exception {
        WorkflowJob job = Jenkins.get().createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** One that runs a shell on a machine until the file is there; it has begun when this returns. */
    static void start(JenkinsRule r, String name, String go) throws Exception {
        WorkflowJob job = create(
                name,
                "node('" + Controller.BUILDER + "') {\n"
                        + "  sh 'echo began on $BUILDER_MACHINE; until [ -e \"" + go
                        + "\" ]; do sleep 0.1; done; echo ended'\n"
                        + "  sh 'echo again on $BUILDER_NAME'\n"
                        + "}");
        r.waitForMessage("began on board", job.scheduleBuild2(0).waitForStart());
    }

    /** Lets {@link #start}'s build come to its end, which is a good one. */
    static void finish(JenkinsRule r, String name, String go) throws Exception {
        WorkflowRun run = r.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild();
        assertThat(run.isBuilding()).isTrue();
        Files.createFile(Path.of(go));
        r.assertBuildStatusSuccess(r.waitForCompletion(run));
        assertThat(Controller.log(run)).contains("ended").contains("again on " + Controller.BUILDER);
    }
}
