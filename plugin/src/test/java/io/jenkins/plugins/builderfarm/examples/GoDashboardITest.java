package io.jenkins.plugins.builderfarm.examples;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.BulkChange;
import hudson.XmlFile;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.config.Trust;
import io.jenkins.plugins.builderfarm.coordinator.policy.Decision;
import io.jenkins.plugins.builderfarm.coordinator.policy.Query;
import io.jenkins.plugins.builderfarm.pages.Visitor;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The whole farm of the Go project in a Jenkins: 75 host types, 149 builders. */
@WithJenkins
class GoDashboardITest {
    private static final Path EXAMPLE = Path.of("../docs/examples/go-dashboard.yaml");

    private final GoDashboard data = GoDashboard.read();
    private static JenkinsRule jenkins;
    private BuilderFarmConfiguration farm;

    @BeforeAll
    static void share(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void load() {
        farm = BuilderFarmConfiguration.get();
        ConfigurationAsCode.get().configure(EXAMPLE.toString());
    }

    @Test
    void shouldComeBackFromItsExport(@TempDir Path directory) throws Exception {
        String loaded = onDisk();
        Path export = directory.resolve("export.yaml");
        Files.writeString(export, export());

        try (BulkChange change = new BulkChange(farm)) {
            farm.setHostTypes(List.of());
            farm.setBuilders(List.of());
            farm.setRuleSets(List.of());
            change.commit();
        }
        assertThat(onDisk()).isNotEqualTo(loaded);
        ConfigurationAsCode.get().configure(export.toString());

        assertThat(onDisk()).isEqualTo(loaded);
        assertThat(farm.getHostTypes()).hasSize(75);
        assertThat(farm.getBuilders()).hasSize(149);
    }

    @Test
    void shouldHaveTheHostTypesOfTheData() {
        assertThat(farm.getHostTypes()).hasSameSizeAs(data.hostTypes());
        for (GoDashboard.Host host : data.hostTypes()) {
            HostType type = farm.hostType(host.name).orElseThrow();
            assertThat(type.getPlatform()).isEqualTo(host.platform);
            assertThat(type.getTrust()).isEqualTo(host.isReverse() && !host.projectOwned ? Trust.REVIEWED : Trust.ANY);
            if (host.isReverse()) {
                assertThat(type.reversePool()).get().returns(host.expected, ReversePool::getExpected);
                assertThat(type.isHermetic()).isEqualTo(host.hermetic);
            } else {
                assertThat(type.getSource())
                        .isInstanceOfSatisfying(ExistingCloud.class, cloud -> assertThat(cloud.getCloud())
                                .isEqualTo(host.provider));
                assertThat(type.getImage()).isEqualTo(host.image);
            }
        }
    }

    @Test
    void shouldHaveTheBuildersOfTheData() {
        assertThat(farm.getBuilders()).hasSameSizeAs(data.builders());
        for (GoDashboard.Build build : data.builders()) {
            Builder builder = farm.builder(build.name).orElseThrow();
            assertThat(builder.getHostType()).isEqualTo(build.hostType);
            assertThat(builder.isTryOnly()).isEqualTo(build.tryOnly);
            assertThat(builder.isCompileOnly()).isEqualTo(build.compileOnly);
            assertThat(builder.isFlakyNetwork()).isEqualTo(build.flakyNet);
            assertThat(builder.getKnownIssues()).hasSize(build.knownIssues == null ? 0 : build.knownIssues.size());
            Map<String, String> environment = builder.getEnvironment().stream()
                    .collect(Collectors.toMap(EnvironmentVariable::getName, EnvironmentVariable::getValue));
            assertThat(environment).isEqualTo(build.env == null ? Map.of() : new TreeMap<>(build.env));
        }
    }

    @Test
    void shouldBuildWhatTheDataSays() {
        int decisions = 0;
        List<String> wrong = new ArrayList<>();
        for (Query query : data.queries()) {
            for (GoDashboard.Build build : data.builders()) {
                Decision decision = farm.policy().decide(build.name, query).orElseThrow();
                decisions++;
                if (decision.runs() != build.runs(query)) {
                    wrong.add(decision.explanation());
                }
            }
        }
        System.out.printf("configuration: %d of %d decisions equal%n", decisions - wrong.size(), decisions);
        assertThat(wrong).isEmpty();
        assertThat(decisions).isEqualTo(149 * 32);
    }

    @Test
    void shouldSelectWhatTheDataSays() throws Exception {
        for (Query query : data.queries()) {
            JSONObject answer = jenkins.getJSON("builders/select?repository=" + query.repository() + "&branch="
                            + query.branch() + "&mainBranch=" + query.mainBranch() + "&phase=" + query.phase())
                    .getJSONObject();
            List<String> selected = answer.getJSONArray("builders").stream()
                    .map(builder -> ((JSONObject) builder).getString("name"))
                    .toList();
            assertThat(selected)
                    .as(query.toString())
                    .containsExactlyElementsOf(data.builders().stream()
                            .filter(build -> build.runs(query))
                            .map(GoDashboard.Build::name)
                            .toList());
        }
    }

    @Test
    void shouldListEveryOneOnItsPage() throws Exception {
        HtmlPage page = new Visitor(jenkins).page(null, "builders/");

        assertThat(firstColumn(page, "builders"))
                .containsExactlyInAnyOrderElementsOf(
                        data.builders().stream().map(GoDashboard.Build::name).toList());
        assertThat(firstColumn(page, "hosts"))
                .containsExactlyInAnyOrderElementsOf(
                        data.hostTypes().stream().map(GoDashboard.Host::name).toList());
        assertThat(page.querySelectorAll("table").stream().map(table -> ((HtmlElement) table).getId()))
                .as("builders stand above host types")
                .containsExactly("builders", "hosts");
    }

    @Test
    void shouldFitTogetherButForTheClouds() {
        assertThat(farm.problems())
                .allSatisfy(problem -> assertThat(problem).startsWith("This Jenkins has no cloud"))
                .hasSize(2);
    }

    private static List<String> firstColumn(HtmlPage page, String table) {
        return page.getElementById(table).querySelectorAll("tbody > tr > td:first-child").stream()
                .map(cell -> cell.asNormalizedText().strip())
                .toList();
    }

    private static String export() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        String yaml = toYamlString(getUnclassifiedRoot(context).get("builderFarm"));
        return "unclassified:\n  builderFarm:\n" + yaml.indent(4);
    }

    private static String onDisk() throws IOException {
        return new XmlFile(new File(Jenkins.get().getRootDir(), BuilderFarmConfiguration.class.getName() + ".xml"))
                .asString();
    }
}
