package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.FreeStyleBuild;
import hudson.model.Node;
import io.jenkins.plugins.builderfarm.cloud.LeasedNode;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whatever is saved, reloaded, renamed or removed while real machines build: the builds go on to a good end. */
@WithJenkins
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class LiveLeasesITest {
    private static final String MANAGE = "manage/builder-farm/";
    private static final String PIPELINE = "long";
    private static final String OTHER = "unclassified:\n  builderFarm:\n    reviewedJobs: [\"**\", other]\n";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private JenkinsRule r;
    private BuilderFarmConfiguration farm;

    @TempDir
    Path directory;

    private Volunteers volunteers;
    private String key;
    private String go;

    private interface Save {
        void run() throws Exception;
    }

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        r = rule;
        r.jenkins.setNumExecutors(0);
        farm = BuilderFarmConfiguration.get();
        go = directory.resolve("go").toString();
        volunteers = new Volunteers(directory);
        volunteers.release("1.0");
        key = Controller.configure(0, null, null, null);
    }

    @AfterEach
    void stop() {
        volunteers.close();
    }

    private Supervisor machine(String hostname, String builderKey) throws Exception {
        return volunteers.machine(hostname, r.getURL().toString(), builderKey);
    }

    @Test
    void shouldOutliveEverySaveAndReload() throws Exception {
        machine("board1", key);
        machine("board2", key);
        Controller.awaitMachines(2, MachineState.IDLE);
        FreeStyleBuild freestyle = Controller.freestyle(
                        "freestyle", "echo began; until [ -e '" + go + "' ]; do sleep 0.1; done")
                .scheduleBuild2(0)
                .waitForStart();
        r.waitForMessage("began", freestyle);
        Pipelines.start(r, PIPELINE, go);
        List<String> leases =
                Controller.leased().stream().map(Node::getNodeName).sorted().toList();
        assertThat(leases).hasSize(2);

        for (Map.Entry<String, Save> save : saves(leases.get(0)).entrySet()) {
            save.getValue().run();

            assertThat(Controller.leased())
                    .as(save.getKey())
                    .allMatch(LeasedNode::isUsed)
                    .allMatch(node -> node.toComputer().isOnline())
                    .allMatch(node -> Farm.get().coordinator().isLive(node.leaseId()))
                    .extracting(Node::getNodeName)
                    .containsExactlyInAnyOrderElementsOf(leases);
        }

        Pipelines.finish(r, PIPELINE, go);
        r.assertBuildStatusSuccess(r.waitForCompletion(r.jenkins
                .getItemByFullName("freestyle", hudson.model.FreeStyleProject.class)
                .getLastBuild()));
        Controller.await(() -> Controller.leased().isEmpty());
        Controller.awaitMachines(2, MachineState.IDLE);
    }

    /** By what an administrator would call them. */
    private Map<String, Save> saves(String node) throws Exception {
        String type = MANAGE + "hostTypes/entry/" + Controller.HOST_TYPE + "/";
        String builder = MANAGE + "builders/entry/" + Controller.BUILDER + "/";
        String yaml = cli("builder-farm-export", "");
        Map<String, Save> saves = new LinkedHashMap<>();
        saves.put("host type's form", () -> submit(type));
        saves.put("builder's form", () -> submit(builder));
        saves.put("host type disabled", () -> post(type + "disable"));
        saves.put("host type enabled", () -> post(type + "enable"));
        saves.put("builder disabled", () -> post(builder + "disable"));
        saves.put("builder enabled", () -> post(builder + "enable"));
        saves.put("system page", () -> r.configRoundtrip());
        saves.put(
                "node's page",
                () -> post(
                        "computer/" + node + "/configSubmit", "{\"name\": \"" + node + "\", \"numExecutors\": \"1\"}"));
        saves.put("node's config.xml", () -> resend("computer/" + node + "/config.xml"));
        saves.put("nodes' page", () -> submit("manage/computer/configure"));
        saves.put("clouds' page", () -> post("manage/cloud/reorder?name=builder-farm"));
        saves.put("configuration as code", () -> asCode(yaml));
        saves.put(
                "configuration as code, of Jenkins too",
                () -> asCode("jenkins:\n  numExecutors: 0\n  nodes: []\n  clouds: []\n" + yaml));
        saves.put("import of the same", () -> cli("builder-farm-import", yaml, "--apply"));
        saves.put("import of something else", () -> cli("builder-farm-import", OTHER, "--apply"));
        saves.put("save", () -> Jenkins.get().save());
        saves.put("save nodes", () -> Jenkins.get()
                .setNodes(List.copyOf(Jenkins.get().getNodes())));
        saves.put("reload configuration from disk", () -> Jenkins.get().reload());
        saves.put("once more", () -> submit(type));
        return saves;
    }

    @Test
    void shouldLetABuildFinishWhoseHostTypeIsRemoved() throws Exception {
        Supervisor board = machine("board1", key);
        Controller.awaitMachines(1, MachineState.IDLE);
        Pipelines.start(r, PIPELINE, go);

        farm.setBuilders(List.of());
        farm.setHostTypes(List.of());

        Pipelines.finish(r, PIPELINE, go);
        Controller.await(() -> Controller.leased().isEmpty());
        board.lines().await("refused this machine", PATIENCE);
        assertThat(refusals()).contains(Controller.HOST_TYPE + "/board1: no such host type is configured");
    }

    @Test
    void shouldLetABuildFinishAndSendIdleMachinesAwayWhenTheHostTypeIsRenamed() throws Exception {
        Supervisor busy = machine("board1", key);
        Controller.awaitMachines(1, MachineState.IDLE);
        Pipelines.start(r, PIPELINE, go);
        Supervisor idle = machine("board2", key);
        Controller.awaitMachines(1, MachineState.IDLE);

        HtmlForm form = r.createWebClient()
                .goTo(MANAGE + "hostTypes/entry/" + Controller.HOST_TYPE + "/")
                .getFormByName("config");
        form.getInputByName("_.name").setValue("host-linux-renamed");
        r.submit(form);

        assertThat(farm.builder(Controller.BUILDER).orElseThrow().getHostType()).isEqualTo("host-linux-renamed");
        idle.lines().await("sent away \\(hostTypeDisabled\\): .*not configured any more.*another name.*key", PATIENCE);
        Pipelines.finish(r, PIPELINE, go);
        Controller.await(() -> Controller.leased().isEmpty());
        busy.lines().await("refused this machine", PATIENCE);

        machine("board3", Controller.key("host-linux-renamed"));
        Controller.awaitMachines(1, MachineState.IDLE);
        FreeStyleBuild next = r.assertBuildStatusSuccess(
                Controller.build(Controller.freestyle("next", "echo on $BUILDER_HOST_TYPE")));
        assertThat(Controller.log(next)).as("builders follow").contains("on host-linux-renamed");
    }

    private static List<String> refusals() {
        return Farm.get().refusals().stream()
                .map((Refusal refusal) -> refusal.machine() + ": " + refusal.detail())
                .toList();
    }

    private void submit(String page) throws Exception {
        r.submit(r.createWebClient().goTo(page).getFormByName("config"));
    }

    private void post(String path) throws Exception {
        post(path, "{}");
    }

    private void post(String path, String json) throws Exception {
        try (JenkinsRule.WebClient client = r.createWebClient()) {
            client.setJavaScriptEnabled(false);
            WebRequest request = new WebRequest(new URL(r.getURL(), path), HttpMethod.POST);
            request.setRequestParameters(List.of(new NameValuePair("json", json)));
            client.addCrumb(request);
            client.getPage(request);
        }
    }

    /** As scripts do that change a node's configuration. */
    private void resend(String path) throws Exception {
        try (JenkinsRule.WebClient client = r.createWebClient()) {
            String xml = client.goTo(path, "application/xml").getWebResponse().getContentAsString();
            WebRequest request = new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST);
            request.setAdditionalHeader("Content-Type", "application/xml");
            request.setRequestBody(xml);
            client.getPage(request);
        }
    }

    private void asCode(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("jenkins.yaml"), yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    private String cli(String command, String input, String... arguments) {
        CLICommandInvoker.Result result = new CLICommandInvoker(r, command)
                .withStdin(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))
                .invokeWithArgs(arguments);
        assertThat(result.returnCode()).as(result.stderr()).isZero();
        return result.stdout();
    }
}
