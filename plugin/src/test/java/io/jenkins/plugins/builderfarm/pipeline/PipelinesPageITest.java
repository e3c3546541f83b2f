package io.jenkins.plugins.builderfarm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.labels.LabelAtom;
import hudson.slaves.DumbSlave;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.HostTypeSource;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.config.SharedRules;
import io.jenkins.plugins.builderfarm.config.Trust;
import io.jenkins.plugins.builderfarm.jobs.Reconciler;
import io.jenkins.plugins.builderfarm.trust.Opinions;
import io.jenkins.plugins.builderfarm.trust.Review;
import io.jenkins.plugins.builderfarm.trust.Subject;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every Jenkinsfile of docs/user/pipelines.md as it stands there. Agents of this Jenkins stand for the farm's machines. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PipelinesPageITest {
    private static final String RISCV = "host-linux-riscv64-unmatched";
    private static final String WINDOWS = "host-windows-amd64";
    private static JenkinsRule r;
    private static DumbSlave riscv;
    private static DumbSlave windows;

    @BeforeAll
    static void agents(JenkinsRule rule) throws Exception {
        r = rule;
        r.createFolder("builders");
        riscv = r.createOnlineSlave(new LabelAtom("linux-riscv64"));
        windows = r.createOnlineSlave(new LabelAtom("windows-amd64"));
    }

    @BeforeEach
    void farm() {
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        farm.setHostTypes(List.of(hostType(RISCV, new ReversePool(), "riscv64"), open()));
        farm.setRuleSets(List.of(new SharedRules("default", "include")));
        farm.setBuilders(List.of(new Builder("linux-riscv64", RISCV), new Builder("windows-amd64", WINDOWS)));
    }

    private static HostType open() {
        HostType type = hostType(WINDOWS, new ExistingCloud("gce", "windows"), "amd64");
        type.setTrust(Trust.ANY);
        return type;
    }

    private static HostType hostType(String name, HostTypeSource source, String architecture) {
        HostType type = new HostType(name, source);
        type.setEnvironment(List.of(new EnvironmentVariable("GOARCH", architecture)));
        return type;
    }

    /** Run as it stands, in workspaces that have a Makefile. */
    private static WorkflowRun run(String heading) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        for (Node node : List.of(riscv, windows)) {
            node.getWorkspaceFor(job).child("Makefile").write("all:\n\t@echo made for $(JOB_NAME)\n", "UTF-8");
        }
        job.setDefinition(new CpsFlowDefinition(PipelinesPage.code("groovy").get(heading), true));
        return r.buildAndAssertSuccess(job);
    }

    @Test
    void shouldKnowEveryJenkinsfileOfThePage() {
        assertThat(PipelinesPage.code("groovy").keySet())
                .containsExactly(
                        "After a submission: fan out",
                        "Before a submission: trusted hosts only",
                        "Declarative: a matrix",
                        "Declarative: fan out",
                        "When a machine vanishes",
                        "Time-outs");
        assertThat(PipelinesPage.code("yaml").keySet()).containsExactly("A job for every builder");
    }

    @Test
    void shouldFanOut() throws Exception {
        WorkflowRun run = run("After a submission: fan out");

        r.assertLogContains("2 builders for net@master, post-submit", run);
        r.assertLogContains("building on linux-riscv64 of " + RISCV + ", riscv64", run);
        r.assertLogContains("building on windows-amd64 of " + WINDOWS + ", amd64", run);
    }

    @Test
    void shouldTryChangesOnTrustedHostsOnly() throws Exception {
        WorkflowRun run = run("Before a submission: trusted hosts only");

        r.assertLogContains("found [windows-amd64]", run);
        r.assertLogContains("machines run reviewed code only: linux-riscv64", run);
        r.assertLogContains("tried on windows-amd64", run);
        assertThat(Opinions.of(Subject.of(run)).review()).isEqualTo(Review.UNREVIEWED);
    }

    /** The third builder of the page is one that this farm doesn't have. */
    @Test
    void shouldBuildTheSelectedCellsOfAMatrix() throws Exception {
        WorkflowRun run = run("Declarative: a matrix");

        assertThat(run.getLog(1000)).containsOnlyOnce("2 builders for net@master, post-submit");
        r.assertLogContains("Running on " + riscv.getNodeName(), run);
        r.assertLogContains("Running on " + windows.getNodeName(), run);
        r.assertLogContains("Stage \"Matrix - BUILDER = 'plan9-386'\" skipped due to when conditional", run);
        assertThat(made(run)).isEqualTo(2);

        selectOnly("linux-riscv64", RISCV);
        WorkflowRun next = r.buildAndAssertSuccess(run.getParent());
        r.assertLogContains("Stage \"Matrix - BUILDER = 'windows-amd64'\" skipped due to when conditional", next);
        assertThat(made(next)).isEqualTo(1);
    }

    /** And asks anew: what the first build was told is gone with it. */
    @Test
    void shouldBuildTheSelectedCellsOfARestartedMatrix() throws Exception {
        WorkflowRun run = run("Declarative: a matrix");
        selectOnly("windows-amd64", WINDOWS);

        Queue.Item item = run.getAction(RestartDeclarativePipelineAction.class).run("Build");

        WorkflowRun again = (WorkflowRun) item.getFuture().get();
        r.assertBuildStatusSuccess(again);
        r.assertLogContains("1 builder for net@master, post-submit", again);
        r.assertLogContains("Running on " + windows.getNodeName(), again);
        assertThat(made(again)).isEqualTo(1);
    }

    @Test
    void shouldFanOutOfADeclarativePipeline() throws Exception {
        WorkflowRun run = run("Declarative: fan out");

        r.assertLogContains("Running on " + riscv.getNodeName(), run);
        r.assertLogContains("Running on " + windows.getNodeName(), run);
        r.assertLogContains("Timeout set to expire in 30 min", run);
        assertThat(made(run)).isEqualTo(2);
    }

    private static void selectOnly(String name, String hostType) {
        BuilderFarmConfiguration.get().setBuilders(List.of(new Builder(name, hostType)));
    }

    /** How many machines ran make. */
    private static long made(WorkflowRun run) throws Exception {
        return run.getLog(1000).stream()
                .filter(line -> line.endsWith("made for " + run.getParent().getName()))
                .count();
    }

    @Test
    void shouldMakeOnAMachineThatDoesNotVanish() throws Exception {
        WorkflowRun run = run("When a machine vanishes");

        r.assertLogContains("Running on " + riscv.getNodeName(), run);
        r.assertLogContains("made for " + run.getParent().getName(), run);
    }

    @Test
    void shouldMakeWithinTheTimeOut() throws Exception {
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        Builder slow = new Builder("linux-riscv64", RISCV);
        slow.setEnvironment(List.of(new EnvironmentVariable("GO_TEST_TIMEOUT_SCALE", "3")));
        farm.setBuilders(List.of(slow));

        WorkflowRun run = run("Time-outs");

        r.assertLogContains("Timeout set to expire in 1 hr 30 min", run);
        r.assertLogContains("made for " + run.getParent().getName(), run);
    }

    /** As configuration as code, with a repository of this computer in the place of the one that the page names. */
    @Test
    void shouldMakeAJobForEveryBuilder(@TempDir Path directory) throws Exception {
        Path repository = Files.createDirectories(directory.resolve("net.git"));
        Files.writeString(repository.resolve("Makefile"), "all:\n\tfalse\ntest:\n\t@echo tested $(JOB_NAME)\n");
        git(repository, "init", "--quiet", "--initial-branch=master");
        git(repository, "add", "Makefile");
        git(repository, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-m", "x");
        riscv.getNodeProperties()
                .replace(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("GIT_CONFIG_COUNT", "1"),
                        new EnvironmentVariablesNodeProperty.Entry(
                                "GIT_CONFIG_KEY_0", "url." + directory.toUri() + ".insteadOf"),
                        new EnvironmentVariablesNodeProperty.Entry("GIT_CONFIG_VALUE_0", "https://git.example.org/")));
        Path yaml = Files.writeString(
                directory.resolve("farm.yaml"), PipelinesPage.code("yaml").get("A job for every builder"));

        ConfigurationAsCode.get().configure(yaml.toString());
        Reconciler.get().apply();

        Item made = r.jenkins.getItemByFullName("builders/linux-riscv64");
        WorkflowRun run = r.buildAndAssertSuccess((WorkflowJob) made);
        r.assertLogContains("Timeout set to expire in 30 min", run);
        r.assertLogContains("tested builders/linux-riscv64", run);
        assertThat(Label.get("linux-riscv64").getNodes()).containsExactly(riscv);
    }

    private static void git(Path directory, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }
}
