package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.BulkChange;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.PipelineTemplate;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A real machine that loses power in the middle of a build, and what becomes of the build. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class VanishingITest {
    @TempDir
    static Path directory;

    private static JenkinsRule r;
    private static Volunteers volunteers;
    private static Supervisor board;
    private static int count;

    /** Is there once the machine lost power. */
    private Path dark;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        r = rule;
        r.jenkins.setNumExecutors(0);
        volunteers = new Volunteers(directory);
        volunteers.release("1.0");
        board = volunteers.machine("board1", r.getURL().toString(), Controller.configure(0, null, null, null));
    }

    @AfterAll
    static void stop() {
        volunteers.close();
    }

    @AfterEach
    void leaveAsFound() throws Exception {
        r.waitUntilNoActivity();
        try (BulkChange change = new BulkChange(BuilderFarmConfiguration.get())) {
            Controller.configure(0, null, null, null);
            BuilderFarmConfiguration.get().setPipelineTemplates(List.of());
            change.commit();
        }
        for (TopLevelItem job : r.jenkins.getItems()) {
            job.delete();
        }
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachines(1, MachineState.IDLE);
    }

    /** What runs for ever before the machine loses power, and ends at once after that. */
    private String script() {
        dark = directory.resolve("dark-" + ++count);
        return "if test -e " + dark + "; then echo again on $NODE_NAME; exit 0; fi; echo began;"
                + " while true; do sleep 1; done";
    }

    private void losePower(Run<?, ?> build) throws Exception {
        r.waitForMessage("began", build);
        Files.createFile(dark);
        board.killRun();
        r.waitForCompletion(build);
    }

    private static <R extends Run<?, ?>> R second(Job<?, ?> job) throws Exception {
        Controller.await(() -> job.getBuildByNumber(2) != null);
        @SuppressWarnings("unchecked")
        R run = (R) job.getBuildByNumber(2);
        return r.assertBuildStatusSuccess(r.waitForCompletion(run));
    }

    @Test
    void shouldBuildAFreestyleJobAgain() throws Exception {
        FreeStyleProject job = Controller.freestyle("job", script());
        FreeStyleBuild first = job.scheduleBuild2(0).waitForStart();
        losePower(first);

        r.assertBuildStatus(Result.FAILURE, first);
        assertThat(Controller.log(first)).contains("The machine board1 of host-linux-test vanished: ", "retry 1 of 2");
        FreeStyleBuild again = second(job);
        assertThat(again.getBuiltOnStr()).startsWith(Controller.HOST_TYPE).isNotEqualTo(first.getBuiltOnStr());
    }

    @Test
    void shouldBuildAPipelineOfTheFarmsAgain() throws Exception {
        PipelineTemplate template = new PipelineTemplate("go", "node(@{label}) { sh '" + script() + "' }");
        Builder builder = new Builder(Controller.BUILDER, Controller.HOST_TYPE);
        builder.setTemplate("go");
        try (BulkChange change = new BulkChange(BuilderFarmConfiguration.get())) {
            BuilderFarmConfiguration.get().setPipelineTemplates(List.of(template));
            BuilderFarmConfiguration.get().setBuilders(List.of(builder));
            change.commit();
        }
        Controller.await(() -> r.jenkins.getItem(Controller.BUILDER) != null);
        WorkflowJob job = (WorkflowJob) r.jenkins.getItem(Controller.BUILDER);
        WorkflowRun first = job.scheduleBuild2(0).waitForStart();
        losePower(first);

        assertThat(first.getResult()).isNotEqualTo(Result.SUCCESS);
        assertThat(Controller.log(first)).contains("The machine board1 of host-linux-test vanished: ", "retry 1 of 2");
        assertThat(Controller.log(second(job))).contains("again on " + Controller.HOST_TYPE);
    }

    /** In the same build, which the farm leaves to itself. */
    private void goesOnElsewhere(WorkflowJob job) throws Exception {
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        losePower(run);

        r.assertBuildStatusSuccess(run);
        assertThat(Controller.log(run))
                .contains("again on " + Controller.HOST_TYPE)
                .doesNotContain("queued again");
        r.waitUntilNoActivity();
        assertThat(job.getLastBuild()).isSameAs(run);
    }

    /** As docs/user/pipelines.md has it. */
    @Test
    void shouldLetAPipelineLookAfterItself() throws Exception {
        WorkflowJob job = Pipelines.create(
                "retry",
                "retry(count: 2, conditions: [agent()]) {\n  node('" + Controller.BUILDER + "') {\n    sh '" + script()
                        + "'\n  }\n}");
        goesOnElsewhere(job);
    }

    /** As docs/user/pipelines.md has it of Declarative. */
    @Test
    void shouldLetADeclarativePipelineLookAfterItself() throws Exception {
        WorkflowJob job = Pipelines.create("declarative", """
                        pipeline {
                            agent { node { label '%s'; retries 2 } }
                            stages {
                                stage('Make') {
                                    steps {
                                        sh '%s'
                                    }
                                }
                            }
                        }
                        """.formatted(Controller.BUILDER, script()));
        goesOnElsewhere(job);
    }

    /** A Pipeline that isn't the farm's is told how to look after itself. */
    @Test
    void shouldLeaveOtherPipelinesAlone() throws Exception {
        WorkflowJob job = Pipelines.create("other", "node('" + Controller.BUILDER + "') { sh '" + script() + "' }");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        losePower(run);

        assertThat(Controller.log(run)).contains("This build is not queued again: ", "retry(conditions: [agent()])");
        r.waitUntilNoActivity();
        assertThat(job.getLastBuild()).isSameAs(run);
    }
}
