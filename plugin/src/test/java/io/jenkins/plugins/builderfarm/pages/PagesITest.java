package io.jenkins.plugins.builderfarm.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.Releases;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What stands on the pages and in their JSON. */
@WithJenkins
class PagesITest {
    private static final String RELEASE_KEY = "ed25519:A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg";

    private static JenkinsRule jenkins;

    @BeforeAll
    static void share(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void beginAnew() {
        Farms.clear(jenkins);
    }

    @Test
    void shouldSayTheNextStepWhereThereIsNothing() throws Exception {
        assertThat(page("builders/").asNormalizedText())
                .contains("No host types and no builders yet", "Add a host type");
        assertThat(page("builders/pools/").asNormalizedText())
                .contains("No host type of the reverse pool yet", "Add a host type");
        assertThat(json("builders/").getAsJsonArray("builders")).isEmpty();
        assertThat(json("builders/").getAsJsonArray("hostTypes")).isEmpty();
    }

    @Test
    void shouldListBuildersAboveHostTypes() throws Exception {
        Farms.configure();
        SamplePool.install();

        HtmlPage page = page("builders/");

        assertThat(row(page, "builders", "linux-mips64-rtrk"))
                .containsEntry("Host type", SamplePool.MIPS.value())
                .containsEntry("Platform", "linux-mips64")
                .containsEntry("Kind", "flaky network")
                .containsEntry("Known issues", "go.dev/issue/56001\njavascript:alert(1)")
                .containsEntry("Notes", "<script>alert(1)</script>");
        assertThat(row(page, "builders", "linux-amd64-race").get("Kind"))
                .contains("disabled", "pre-submit only", "compiles only");
        assertThat(row(page, "builders", "lost").get("Host type")).contains("host-gone", "not configured");
        assertThat(row(page, "hosts", SamplePool.MIPS.value()))
                .containsEntry("Source", "Reverse pool")
                .containsEntry("Runs", "reviewed code")
                .containsEntry("Builders", "2")
                .containsEntry("Owner", "Ada <ada@example.org>");
        assertThat(row(page, "hosts", SamplePool.MIPS.value()).get("Machines")).contains("3 / 5", "Error");
        assertThat(page.getAnchors()).as("only addresses become links").noneMatch(anchor -> anchor.getHrefAttribute()
                .startsWith("javascript:"));
    }

    @Test
    void shouldShowThePool() throws Exception {
        Farms.configure();
        SamplePool.install();

        HtmlPage page = page("builders/pools/");

        assertThat(page.asNormalizedText())
                .contains("Reverse pool summary", "Reverse pool machine detail", "Refused lately")
                .contains("2 of 5 machines of host-linux-mips64-rtrk are missing; ask Ada <ada@example.org>.")
                .contains("Missing: board4");
        assertThat(row(page, "pools", SamplePool.MIPS.value()))
                .containsEntry("Connected", "3")
                .containsEntry("Expected", "5")
                .containsEntry("Idle", "1")
                .containsEntry("Busy", "1")
                .containsEntry("Set aside", "1")
                .containsEntry("Missing", "2")
                .containsEntry("Last seen", "5 hr 0 min");
        assertThat(row(page, "machines", "board2"))
                .containsEntry("State", "busy")
                .containsEntry("Buildlet", "1.3\nstage0 1.0")
                .containsEntry("System", "Linux mips64, 1 CPU, 0.5 GiB")
                .containsEntry("Builds", "1234")
                .containsEntry("Address", SamplePool.ADDRESS)
                .containsEntry(
                        "Notes", SamplePool.LEASE + "\nrelease 1.4 left after 3 failed starts, runs 1.3 instead");
        assertThat(row(page, "machines", "board3").get("Notes")).contains("has 12 MB left, <1 GB> is needed");
        assertThat(row(page, "machines", "unmatched")).containsEntry("State", "missing");
        assertThat(page.getElementById("refusals").asNormalizedText())
                .contains(SamplePool.REFUSED_ADDRESS, "board9", "the proof doesn't fit generation 1");
    }

    @Test
    void shouldGiveThePoolAsJson() throws Exception {
        Farms.configure();
        SamplePool.install();

        JsonObject pools = json("builders/pools/");

        assertThat(pools.getAsJsonArray("hostTypes")).hasSize(2);
        JsonObject mips = pools.getAsJsonArray("hostTypes").get(0).getAsJsonObject();
        assertThat(mips.get("name").getAsString()).isEqualTo(SamplePool.MIPS.value());
        JsonObject counts = mips.getAsJsonObject("pool");
        assertThat(counts.get("connected").getAsInt()).isEqualTo(3);
        assertThat(counts.get("missing").getAsInt()).isEqualTo(2);
        assertThat(counts.getAsJsonArray("missingMachines")).singleElement().hasToString("\"board4\"");
        assertThat(counts.get("health").getAsString()).isEqualTo("ERROR");
        assertThat(pools.getAsJsonArray("machines")).hasSize(4);
        JsonObject board2 = pools.getAsJsonArray("machines").get(1).getAsJsonObject();
        assertThat(List.of("hostType", "hostname", "state", "lease", "buildlet"))
                .extracting(name -> board2.get(name).getAsString())
                .containsExactly(SamplePool.MIPS.value(), "board2", "BUSY", SamplePool.LEASE, "1.3");
        JsonObject refusal = pools.getAsJsonArray("refusals").get(0).getAsJsonObject();
        assertThat(refusal.get("reason").getAsString()).isEqualTo("WRONG_KEY");
    }

    @Test
    void shouldSayHowToConnectAMachine() throws Exception {
        Farms.configure();
        String url = jenkins.getURL().toString();

        assertThat(page("builders/hostType/" + SamplePool.RISCV + "/").asNormalizedText())
                .contains("~/.gobuildkey-host-linux-riscv64-unmatched")
                .contains("java -jar buildlet.jar -coordinator " + url + " -reverse-type host-linux-riscv64-unmatched");

        Releases releases = new Releases("gs://farm/go", List.of(RELEASE_KEY));
        releases.setEndpoint("http://localhost:9/");
        BuilderFarmConfiguration.get().setReleases(releases);

        assertThat(page("builders/hostType/" + SamplePool.RISCV + "/").asNormalizedText())
                .contains("java -jar stage0.jar -coordinator " + url
                        + " -reverse-type host-linux-riscv64-unmatched -bucket gs://farm/go -release-key " + RELEASE_KEY
                        + " -endpoint http://localhost:9/");
    }

    @Test
    void shouldShowOneHostType() throws Exception {
        Farms.configure();
        SamplePool.install();

        HtmlPage mips = page("builders/hostType/" + SamplePool.MIPS + "/");

        assertThat(mips.asNormalizedText())
                .contains("ask Ada", "In <i>Ada's</i> cellar.", "linux-mips64-short", "board1", "SECRET_PLACE=cellar")
                .doesNotContain("unmatched");
        JsonObject amd64 = json("builders/hostType/host-linux-amd64/").getAsJsonObject("hostType");
        assertThat(amd64.get("cloud").getAsString()).isEqualTo("gce");
        assertThat(amd64.get("disabled").getAsBoolean()).isTrue();
        assertThat(page("builders/hostType/host-linux-amd64/").asNormalizedText())
                .doesNotContain("Connect a machine");
    }

    @Test
    void shouldBeOnTheFrontPage() throws Exception {
        assertThat(page("").getAnchors())
                .anySatisfy(anchor -> assertThat(anchor.getHrefAttribute()).endsWith("/builders"));
    }

    private HtmlPage page(String path) throws Exception {
        return new Visitor(jenkins).page(null, path);
    }

    private JsonObject json(String path) throws Exception {
        return JsonParser.parseString(jenkins.getJSON(path + "api/json").getContentAsString())
                .getAsJsonObject();
    }

    /** A table's row, the texts of its cells by the heads of its columns. */
    private static Map<String, String> row(HtmlPage page, String table, String first) {
        List<String> heads = texts(page.getElementById(table).querySelectorAll("thead th"));
        List<String> cells = page.getElementById(table).querySelectorAll("tbody tr").stream()
                .map(row -> texts(row.querySelectorAll("td")))
                .filter(texts ->
                        texts.get(0).lines().findFirst().orElse("").strip().equals(first))
                .findFirst()
                .orElseThrow();
        return IntStream.range(0, heads.size()).boxed().collect(Collectors.toMap(heads::get, cells::get));
    }

    private static List<String> texts(List<DomNode> nodes) {
        return nodes.stream().map(node -> node.asNormalizedText().strip()).toList();
    }
}
