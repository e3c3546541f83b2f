package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.TopLevelItem;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskFuture;
import hudson.slaves.AbstractCloudSlave;
import hudson.slaves.Cloud;
import hudson.slaves.CloudProvisioningListener;
import hudson.tasks.Shell;
import io.jenkins.plugins.builderfarm.cloud.SmallCloud.Mood;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Host types whose machines other clouds of this Jenkins make. One Jenkins for all; each test leaves it empty. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExistingCloudITest {
    private static final String PAUSE = CloudTroubles.class.getName() + ".pause";

    private static JenkinsRule r;

    @BeforeAll
    static void hurry(JenkinsRule rule) throws Exception {
        System.setProperty(PAUSE, "1");
        r = rule;
        r.jenkins.setNumExecutors(0);
    }

    @AfterAll
    static void asUsual() {
        System.clearProperty(PAUSE);
    }

    @AfterEach
    void leaveAsFound() throws Exception {
        r.jenkins.getQueue().clear();
        for (TopLevelItem job : r.jenkins.getItems()) {
            job.delete();
        }
        for (Node node : r.jenkins.getNodes()) {
            r.jenkins.removeNode(node);
        }
        r.jenkins.clouds.removeIf(SmallCloud.class::isInstance);
        farm();
    }

    private static SmallCloud cloud(String name, int capacity) {
        SmallCloud cloud = new SmallCloud(name, r, capacity);
        r.jenkins.clouds.add(cloud);
        return cloud;
    }

    private static HostType hostType(String name, String cloud) {
        HostType hostType = new HostType(name, new ExistingCloud(cloud, SmallCloud.LABEL));
        hostType.setEnvironment(List.of(new EnvironmentVariable("GOARCH", "mips")));
        return hostType;
    }

    /** Each host type has a builder {@code linux-…}. */
    private static void farm(HostType... hostTypes) {
        BuilderFarmConfiguration.get().setHostTypes(List.of(hostTypes));
        BuilderFarmConfiguration.get().setReviewedJobs(List.of("**"));
        BuilderFarmConfiguration.get()
                .setBuilders(
                        Stream.of(hostTypes).map(ExistingCloudITest::builder).toList());
    }

    private static Builder builder(HostType hostType) {
        Builder builder = new Builder(hostType.getName().replace("host-", "linux-"), hostType.getName());
        builder.setEnvironment(List.of(new EnvironmentVariable("GO_TEST_FLAGS", "-race")));
        return builder;
    }

    private static FreeStyleProject job(String label, String script) throws Exception {
        FreeStyleProject project = r.createFreeStyleProject();
        project.setAssignedLabel(Label.get(label));
        project.getBuildersList().add(new Shell(script));
        return project;
    }

    private static QueueTaskFuture<FreeStyleBuild> schedule(String label) throws Exception {
        return job(label, "true").scheduleBuild2(0);
    }

    private static FreeStyleBuild build(QueueTaskFuture<FreeStyleBuild> future) throws Exception {
        return r.assertBuildStatusSuccess(future);
    }

    /** Of the one item that waits. */
    private static String why() {
        Queue.Item[] items = r.jenkins.getQueue().getItems();
        return items.length == 1 ? String.valueOf(items[0].getWhy()) : items.length + " items wait";
    }

    private static void awaitWhy(String... words) {
        PretendMachines.await(() -> Stream.of(words).allMatch(why()::contains));
    }

    private static List<String> labels(String node) {
        return r.jenkins.getNode(node).getAssignedLabels().stream()
                .map(Label::getName)
                .toList();
    }

    @Test
    void shouldPassTheOrderOnAndLabelTheNode() throws Exception {
        cloud("east", 1);
        HostType hostType = hostType("host-east", "east");
        ((ExistingCloud) hostType.getSource()).setExecutors(3);
        farm(hostType);

        FreeStyleBuild build = build(schedule("linux-east"));

        assertThat(build.getBuiltOnStr()).isEqualTo("east-1");
        assertThat(build.getBuiltOn().getNumExecutors()).isEqualTo(3);
        assertThat(labels("east-1")).contains(SmallCloud.LABEL, "host-east", "linux-east");
    }

    @Test
    void shouldGiveTheEnvironmentToThoseWhoAskedForTheBuilder() throws Exception {
        cloud("east", 1);
        farm(hostType("host-east", "east"));
        String script = "echo name=$BUILDER_NAME. type=$BUILDER_HOST_TYPE. on=$BUILDER_MACHINE."
                + " arch=$GOARCH. flags=$GO_TEST_FLAGS. trust=$BUILDER_TRUST.";
        WorkflowJob pipeline = r.createProject(WorkflowJob.class);
        pipeline.setDefinition(new CpsFlowDefinition("node('linux-east') { sh '" + script + "' }", true));

        String all = "name=linux-east. type=host-east. on=east-1. arch=mips. flags=-race. trust=reviewed.";
        r.assertLogContains(all, build(job("linux-east", script).scheduleBuild2(0)));
        r.assertLogContains(all, r.buildAndAssertSuccess(pipeline));
        r.assertLogContains(
                "name=. type=host-east. on=east-1. arch=mips. flags=. trust=reviewed.",
                build(job("host-east", script).scheduleBuild2(0)));
        r.assertLogContains(
                "name=. type=. on=. arch=. flags=. trust=.",
                build(job(SmallCloud.LABEL, script).scheduleBuild2(0)));
    }

    @Test
    void shouldTellTheNodesOfTwoCloudsWithOneLabelApart() throws Exception {
        cloud("east", 1);
        cloud("west", 1);
        HostType hostEast = hostType("host-east", "east");
        ((ExistingCloud) hostEast.getSource()).setExecutors(3);
        farm(hostEast, hostType("host-west", "west"));

        assertThat(build(schedule("linux-west")).getBuiltOnStr()).isEqualTo("west-1");
        assertThat(labels("west-1")).contains("host-west", "linux-west").doesNotContain("host-east", "linux-east");
        assertThat(r.jenkins.getNode("west-1").getNumExecutors()).isOne();
        // Although the other one's node is idle and has the label that this cloud serves.
        assertThat(build(schedule("linux-east")).getBuiltOnStr()).isEqualTo("east-1");
        assertThat(labels("east-1")).contains("host-east", "linux-east").doesNotContain("host-west", "linux-west");
    }

    @Test
    void shouldLabelWhatACloudAddsByItselfOnlyIfNoOtherCouldHave() throws Exception {
        SmallCloud east = cloud("east", 0);
        farm(hostType("host-east", "east"), hostType("host-west", "west"));
        r.jenkins.addNode(east.node());
        assertThat(labels("east-1")).contains("host-east").doesNotContain("host-west");
        assertThat(build(schedule("linux-east")).getBuiltOnStr()).isEqualTo("east-1");

        cloud("west", 0);
        r.jenkins.addNode(east.node());
        assertThat(labels("east-2")).doesNotContain("host-east", "host-west");
        // It was known when it came.
        assertThat(labels("east-1")).contains("host-east");
    }

    @Test
    void shouldPassOverACloudThatIsFullOrFails() throws Exception {
        SmallCloud east = cloud("east", 0);
        SmallCloud west = cloud("west", 1);
        farm(hostType("host-east", "east"), hostType("host-west", "west"));

        assertThat(build(schedule("host-east || host-west")).getBuiltOnStr()).isEqualTo("west-1");

        r.jenkins.removeNode(r.jenkins.getNode("west-1"));
        east.setMood(Mood.FAILS_TO_ORDER);
        west.setCapacity(2);
        assertThat(build(schedule("linux-east || linux-west")).getBuiltOnStr()).isEqualTo("west-2");
    }

    @Test
    void shouldSayWhichCloudIsFullAndGoOnOnceItIsNot(@TempDir Path directory) throws Exception {
        SmallCloud east = cloud("east", 1);
        farm(hostType("host-east", "east"));
        Path go = directory.resolve("go");
        QueueTaskFuture<FreeStyleBuild> first = job("linux-east", "until [ -e '" + go + "' ]; do sleep 0.1; done")
                .scheduleBuild2(0);
        first.waitForStart();

        QueueTaskFuture<FreeStyleBuild> second = schedule("linux-east");
        awaitWhy("cloud east takes no order now (host type host-east, asked at ");
        // Room for another one, although nothing of what runs has ended.
        east.setCapacity(2);
        assertThat(build(second).getBuiltOnStr()).isEqualTo("east-2");

        QueueTaskFuture<FreeStyleBuild> third = job("linux-east", "until [ -e '" + go + "' ]; do sleep 0.1; done")
                .scheduleBuild2(0);
        third.waitForStart();
        QueueTaskFuture<FreeStyleBuild> fourth = schedule("linux-east");
        awaitWhy("cloud east takes no order now");
        // No room, but what there is comes free.
        Files.createFile(go);
        assertThat(build(fourth).getBuiltOnStr()).startsWith("east-");
        build(first);
        build(third);
    }

    @Test
    void shouldSayWhichCloudFailsAndGoOnOnceItDoesNot() throws Exception {
        SmallCloud east = cloud("east", 1);
        farm(hostType("host-east", "east"));
        for (Mood mood : List.of(Mood.FAILS_TO_ORDER, Mood.FAILS_TO_MAKE)) {
            east.setMood(mood);
            try (LogRecorder log = new LogRecorder()
                    .record("io.jenkins.plugins.builderfarm", Level.WARNING)
                    .record("hudson.slaves.NodeProvisioner", Level.WARNING)
                    .capture(100)) {
                QueueTaskFuture<FreeStyleBuild> build = schedule("linux-east");
                awaitWhy("cloud east failed to make a machine, the log says why (host type host-east, asked at ");
                assertThat(why()).doesNotContain(SmallCloud.ACCOUNT);
                assertThat(log.getRecords())
                        .anyMatch(record -> record.getThrown() != null
                                && SmallCloud.ACCOUNT.equals(record.getThrown().getMessage()));
                east.setMood(Mood.WELL);
                build(build);
            }
            r.jenkins.removeNode(r.jenkins.getNodes().get(0));
            east.setCapacity(2);
        }
    }

    @Test
    void shouldSayThatACloudIsHeldBackByAnotherPlugin() throws Exception {
        cloud("east", 1);
        farm(hostType("host-east", "east"));
        Veto veto = new Veto();
        CloudProvisioningListener.all().add(veto);
        QueueTaskFuture<FreeStyleBuild> build = schedule("linux-east");
        awaitWhy("cloud east is held back by a plugin (host type host-east, asked at ");
        CloudProvisioningListener.all().remove(veto);
        build(build);
    }

    @Test
    void shouldGoOnWhenACloudIsDeletedAndComesBackUnderAnotherName() throws Exception {
        cloud("east", 0);
        farm(hostType("host-east", "east"));
        QueueTaskFuture<FreeStyleBuild> build = schedule("linux-east");
        awaitWhy("cloud east takes no order now");

        r.jenkins.clouds.removeIf(SmallCloud.class::isInstance);
        awaitWhy("there is no cloud east, which host type host-east is on");

        cloud("renamed", 1);
        awaitWhy("there is no cloud east, which host type host-east is on");
        farm(hostType("host-east", "renamed"));
        assertThat(build(build).getBuiltOnStr()).isEqualTo("renamed-1");
    }

    @Test
    void shouldGoOnWhenACloudOrAHostTypeIsDisabledAndEnabledAgain() throws Exception {
        SmallCloud east = cloud("east", 1);
        HostType disabled = hostType("host-east", "east");
        disabled.setDisabled(true);
        farm(disabled);
        QueueTaskFuture<FreeStyleBuild> build = schedule("linux-east");
        awaitWhy("host type host-east is disabled");

        east.setLabel("nothing");
        farm(hostType("host-east", "east"));
        awaitWhy("cloud east does not serve label big of host type host-east");

        east.setLabel(SmallCloud.LABEL);
        build(build);
    }

    @Test
    void shouldLeaveTheNodeToItsCloud() throws Exception {
        SmallCloud east = cloud("east", 1);
        farm(hostType("host-east", "east"));
        build(schedule("linux-east"));
        build(schedule("linux-east"));

        farm();
        assertThat(r.jenkins.getNode("east-1"))
                .as("neither its builds' end nor its host type's takes it away")
                .isNotNull();
        assertThat(labels("east-1")).contains(SmallCloud.LABEL).doesNotContain("host-east", "linux-east");
        assertThat(east.terminated()).isZero();

        ((AbstractCloudSlave) r.jenkins.getNode("east-1")).terminate();
        assertThat(r.jenkins.getNodes()).isEmpty();
        assertThat(east.terminated()).isOne();
    }

    /** Another plugin's, that limits what a cloud may make. */
    private static final class Veto extends CloudProvisioningListener {
        @Override
        public CauseOfBlockage canProvision(Cloud cloud, Cloud.CloudState state, int numExecutors) {
            return cloud.name.equals("east") ? new WaitReason("too dear") : null;
        }
    }
}
