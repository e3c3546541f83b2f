package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.tasks.Shell;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.PipelineTemplate;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.pages.Farms;
import io.jenkins.plugins.builderfarm.pages.SamplePool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A Jenkins with those plugins alone that the farm can't do without: no Pipeline, no branches, no configuration as code. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class WithoutOptionalPluginsITest {
    private static final Path ROWS = Path.of("src/test/resources/io/jenkins/plugins/builderfarm/pages/access.txt");
    private static final String HOST_TYPE = SamplePool.MIPS.value();
    private static final String TEMPLATE = "template";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = RealJenkins
            // All that is logged from the first line on, and not the last few lines only.
            .with("-Xmx512m", "-Dhudson.util.RingBufferLogHandler.defaultSize=10000")
            .omitPlugins(omitted());

    @TempDir
    Path directory;

    private Volunteers volunteers;

    @BeforeEach
    void start() throws Throwable {
        volunteers = new Volunteers(directory);
        volunteers.release("1.0");
        jenkins.startJenkins();
    }

    @AfterEach
    void stop() {
        volunteers.close();
    }

    /** What the tests have installed, but for what the plugin's own manifest requires. */
    private static String[] omitted() {
        Set<String> required = Stream.of(
                        manifest().getValue("Plugin-Dependencies").split(","))
                .filter(dependency -> !dependency.contains("resolution:=optional"))
                .map(dependency -> dependency.substring(0, dependency.indexOf(':')))
                .collect(Collectors.toSet());
        return read("/test-dependencies/index")
                .lines()
                .filter(plugin -> !required.contains(plugin))
                .toArray(String[]::new);
    }

    private static Attributes manifest() {
        try (InputStream in = WithoutOptionalPluginsITest.class.getResourceAsStream("/the.hpl")) {
            return new Manifest(in).getMainAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String resource) {
        try (InputStream in = WithoutOptionalPluginsITest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One Jenkins for all of it: every start of one costs as much as the rest. */
    @Test
    void shouldBuildAndShowEverythingAndStaySilent() throws Throwable {
        String key = jenkins.runRemotely(WithoutOptionalPluginsITest::configure);
        volunteers.machine("board1", jenkins.getUrl().toString(), key);
        jenkins.runRemotely(WithoutOptionalPluginsITest::buildAJobOfTheFarms);
        assertThat(pages()).hasSizeGreaterThan(20).allSatisfy(this::opens);
        // Here, as nowhere else in the tests, the plugin's classes are not Jenkins's: what a view does must find them.
        assertThat(get("manage/builder-farm/hostTypes/entry/" + HOST_TYPE + "/").body())
                .contains("board1\nboard4");
        jenkins.runRemotely(WithoutOptionalPluginsITest::staySilent);
        jenkins.runRemotely(WithoutOptionalPluginsITest::sayWhatIsMissing);
    }

    private static String configure(JenkinsRule r) throws Exception {
        assertThat(r.jenkins.getPluginManager().getPlugins())
                .extracting(plugin -> plugin.getShortName())
                .contains("builder-farm")
                .doesNotContain("workflow-step-api", "workflow-job", "scm-api", "branch-api", "durable-task")
                .doesNotContain("configuration-as-code");
        FreeStyleProject template = r.jenkins.createProject(FreeStyleProject.class, TEMPLATE);
        template.setAssignedLabel(Label.get("@{label}"));
        template.getBuildersList().add(new Shell("echo $BUILDER_NAME is @{builder} on $BUILDER_MACHINE"));
        template.save();
        Farms.configure();
        change("linux-mips64-rtrk", TEMPLATE);
        return Controller.key(HOST_TYPE);
    }

    private static void change(String name, String template) {
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        List<Builder> builders = new ArrayList<>();
        for (Builder builder : farm.getBuilders()) {
            Builder copy = builder.copy(builder.getName(), builder.getHostType());
            if (copy.getName().equals(name)) {
                copy.setTemplate(template);
            }
            builders.add(copy);
        }
        farm.setBuilders(builders);
    }

    private static void buildAJobOfTheFarms(JenkinsRule r) throws Exception {
        Controller.await(() -> r.jenkins.getItemByFullName("linux-mips64-rtrk") != null);
        FreeStyleProject job = r.jenkins.getItemByFullName("linux-mips64-rtrk", FreeStyleProject.class);
        assertThat(Controller.log(r.assertBuildStatusSuccess(Controller.build(job))))
                .contains("linux-mips64-rtrk is linux-mips64-rtrk on board1");
        Controller.await(() -> Controller.leased().size() <= 1);
        Controller.awaitMachine(machine -> machine.state() == MachineState.SPARE
                || machine.state() == MachineState.IDLE && machine.record().builds() == 1);
    }

    /** All that {@code AccessITest} finds, and some of Jenkins's own that the farm has a part in. */
    private static List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>(List.of(
                "computer/",
                "manage/",
                "manage/cloud/",
                "job/linux-mips64-rtrk/configure",
                "job/linux-mips64-rtrk/lastBuild/console"));
        Files.readAllLines(ROWS).stream()
                .filter(line -> line.contains("| GET "))
                .map(line -> line.replaceAll(".*\\| GET ([^ |]+).*", "$1"))
                .forEach(pages::add);
        return pages;
    }

    private void opens(String page) {
        HttpResponse<String> answer = get(page);
        assertThat(answer.body()).as(page).doesNotContain("Stack trace", "Caused by", "\tat ");
        if (page.equals("builders/transfer/export")) {
            assertThat(answer.statusCode()).as(page).isEqualTo(501);
            assertThat(answer.body()).contains("configuration-as-code, which is not installed");
        } else {
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(String page) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(jenkins.getUrl().toString()).resolve(page))
                    .timeout(Duration.ofSeconds(60))
                    .build();
            return HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void staySilent(JenkinsRule r) {
        List<LogRecord> records = List.copyOf(Jenkins.logRecords);
        assertThat(records)
                .as("the log reaches back to the start")
                .anyMatch(record -> String.valueOf(record.getMessage()).contains("Started initialization"));
        assertThat(records.stream()
                        .filter(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
                        .filter(WithoutOptionalPluginsITest::isOfTheFarm)
                        .map(record -> record.getLoggerName() + ": " + record.getMessage() + " " + record.getThrown()))
                .isEmpty();
    }

    private static boolean isOfTheFarm(LogRecord record) {
        String text = record.getLoggerName() + record.getMessage() + record.getThrown();
        return text.contains("builderfarm")
                || text.contains("builder-farm")
                || record.getThrown() instanceof LinkageError;
    }

    /** Of what does need such a plugin. */
    private static void sayWhatIsMissing(JenkinsRule r) throws Exception {
        BuilderFarmConfiguration.get().setPipelineTemplates(List.of(new PipelineTemplate("go", "echo 'x'")));
        change("linux-mips64-short", "go");

        CLICommandInvoker.Result plan = command(r, "builder-farm-jobs", "--plan");
        assertThat(plan.stdout())
                .contains("refuse linux-mips64-short")
                .contains("a Pipeline needs the plugin workflow-job, which is not installed");
        CLICommandInvoker.Result export = command(r, "builder-farm-export");
        assertThat(export.stderr())
                .contains("configuration-as-code, which is not installed")
                .doesNotContain("\tat ");
        assertThat(command(r, "builder-farm-explain", "net", "master").returnCode())
                .isZero();
    }

    private static CLICommandInvoker.Result command(JenkinsRule r, String name, String... arguments) {
        return new CLICommandInvoker(r, name).invokeWithArgs(arguments);
    }
}
