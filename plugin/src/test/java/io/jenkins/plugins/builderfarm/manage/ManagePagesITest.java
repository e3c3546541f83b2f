package io.jenkins.plugins.builderfarm.manage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.config.Samples;
import io.jenkins.plugins.builderfarm.pages.Farms;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Manage Jenkins → Builder Farm: what its forms do, and for whom. */
@WithJenkins
class ManagePagesITest {
    private static final String AT = "manage/builder-farm/";
    private static final List<String> PAGES = List.of(
            "",
            "hostTypes/",
            "hostTypes/entry/host-linux-amd64/",
            "hostTypes/entry/host-linux-amd64/referred",
            "builders/",
            "builders/entry/linux-mips64-short/");
    private static final List<String> FORMS =
            List.of("hostTypes/new/", "hostTypes/new/?from=host-linux-amd64", "builders/new/");
    private static final List<String> ACTIONS = List.of(
            "hostTypes/create",
            "builders/create",
            "hostTypes/entry/host-linux-amd64/save",
            "hostTypes/entry/host-linux-amd64/disable",
            "hostTypes/entry/host-linux-amd64/enable",
            "hostTypes/entry/host-linux-riscv64-unmatched/delete",
            "builders/entry/linux-mips64-short/delete");

    private static JenkinsRule jenkins;
    private BuilderFarmConfiguration farm;

    @BeforeAll
    static void share(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void beginAnew() {
        Farms.clear(jenkins);
        farm = BuilderFarmConfiguration.get();
    }

    @Test
    void shouldSaveWhatTheFormsShow() throws Exception {
        Samples.setEveryField(farm);
        String before = Samples.xml(farm);

        for (String entry : List.of(
                "hostTypes/entry/host-linux-riscv64-unmatched/",
                "hostTypes/entry/host-linux-amd64/",
                "builders/entry/linux-riscv64-race/",
                "builders/entry/linux-amd64/")) {
            jenkins.submit(page(entry).getFormByName("config"));

            assertThat(Samples.xml(farm)).as(entry).isEqualTo(before);
        }

        HtmlForm copy = page("hostTypes/new/?from=host-linux-riscv64-unmatched").getFormByName("config");
        assertThat(copy.getInputByName("_.name").getValue()).isEqualTo("host-linux-riscv64-unmatched-copy");
        jenkins.submit(copy);
        HostType made = farm.hostType("host-linux-riscv64-unmatched-copy").orElseThrow();
        farm.setHostTypes(List.of(
                made.copy("host-linux-riscv64-unmatched"), farm.getHostTypes().get(1)));
        assertThat(Samples.xml(farm)).as("a copy has everything").isEqualTo(before);
    }

    @Test
    void shouldCreateRenameDisableAndDelete() throws Exception {
        HtmlForm form = page("hostTypes/new/").getFormByName("config");
        form.getInputByName("_.name").setValue("host-linux-arm");
        jenkins.submit(form);
        assertThat(farm.hostType("host-linux-arm")).get().satisfies(type -> {
            assertThat(type.reversePool()).get().returns(ReversePool.DEFAULT_SPARES, ReversePool::getSpares);
            assertThat(type.isDisabled()).isFalse();
        });
        form = page("builders/new/").getFormByName("config");
        form.getInputByName("_.name").setValue("linux-arm");
        form.getInputByName("_.hostType").setValue("host-linux-arm");
        jenkins.submit(form);
        assertThat(farm.builder("linux-arm")).get().returns("host-linux-arm", Builder::getHostType);

        HtmlPage refused = post("hostTypes/entry/host-linux-arm/delete");
        assertThat(refused.getWebResponse().getStatusCode()).isEqualTo(409);
        assertThat(refused.getElementById("references").asNormalizedText()).contains("builder linux-arm");
        assertThat(farm.hostType("host-linux-arm")).isPresent();

        form = page("hostTypes/entry/host-linux-arm/").getFormByName("config");
        form.getInputByName("_.name").setValue("host-linux-arm64");
        jenkins.submit(form);
        assertThat(farm.hostType("host-linux-arm")).isEmpty();
        assertThat(farm.builder("linux-arm")).get().returns("host-linux-arm64", Builder::getHostType);

        post("builders/entry/linux-arm/disable");
        post("hostTypes/entry/host-linux-arm64/disable");
        assertThat(farm.builder("linux-arm")).get().returns(true, Builder::isDisabled);
        assertThat(farm.hostType("host-linux-arm64")).get().returns(true, HostType::isDisabled);
        assertThat(as(null, HttpMethod.GET, "hostTypes/entry/host-linux-arm64/").asNormalizedText())
                .contains("is disabled", "Enable");
        post("hostTypes/entry/host-linux-arm64/enable");
        assertThat(farm.hostType("host-linux-arm64")).get().returns(false, HostType::isDisabled);

        post("builders/entry/linux-arm/delete");
        post("hostTypes/entry/host-linux-arm64/delete");
        assertThat(farm.getBuilders()).isEmpty();
        assertThat(farm.getHostTypes()).isEmpty();
        assertThat(as(null, HttpMethod.GET, "hostTypes/").asNormalizedText()).contains("No host type yet");
    }

    @Test
    void shouldListWhatThereIs() throws Exception {
        Farms.configure();

        assertThat(rows("hostTypes/"))
                .containsExactlyInAnyOrder(
                        "host-linux-mips64-rtrk|enabled|Reverse pool|linux-mips64|5|2|Ada",
                        "host-linux-riscv64-unmatched|enabled|Reverse pool||0|0|",
                        "host-linux-amd64|disabledproblem|Cloud gce|||1|");
        assertThat(rows("builders/"))
                .contains(
                        "linux-amd64-race|enabled|host-linux-amd64|Cloud gce||pre-submit only, compiles only|",
                        "lost|problem|host-gone||||");
        assertThat(as(null, HttpMethod.GET, "").asNormalizedText())
                .contains("Host types", "Builders", "Builder lost names host type host-gone");
    }

    @Test
    void shouldLetOnlyThoseChangeWhoAdminister() throws Exception {
        Farms.configure();
        Farms.secure(jenkins);
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(Jenkins.READ, FarmPermissions.ADMINISTER)
                .everywhere()
                .to("warden");
        String before = Samples.xml(farm);

        for (String page : PAGES) {
            assertThat(status(null, HttpMethod.GET, page)).as(page).isEqualTo(403);
            assertThat(status("reader", HttpMethod.GET, page)).as(page).isEqualTo(403);
            for (String user : List.of("operator", "warden", "admin")) {
                assertThat(status(user, HttpMethod.GET, page))
                        .as(user + " " + page)
                        .isEqualTo(200);
            }
        }
        for (String form : FORMS) {
            assertThat(status("operator", HttpMethod.GET, form)).as(form).isEqualTo(403);
            assertThat(status("warden", HttpMethod.GET, form)).as(form).isEqualTo(200);
        }
        for (String action : ACTIONS) {
            for (String user : new String[] {null, "reader", "operator"}) {
                assertThat(status(user, HttpMethod.POST, action))
                        .as(user + " " + action)
                        .isEqualTo(403);
            }
            assertThat(status("admin", HttpMethod.GET, action))
                    .as("GET " + action)
                    .isIn(404, 405);
        }
        assertThat(Samples.xml(farm)).isEqualTo(before);
        HtmlPage readOnly = as("operator", HttpMethod.GET, "hostTypes/entry/host-linux-mips64-rtrk/");
        assertThat(readOnly.asNormalizedText()).contains("Ada").doesNotContain("Save", "Delete");
        assertThat(readOnly.getForms()).extracting(HtmlForm::getNameAttribute).doesNotContain("disable");
        assertThat(status("warden", HttpMethod.POST, "builders/entry/linux-mips64-short/delete"))
                .isEqualTo(200);
        assertThat(farm.builder("linux-mips64-short")).isEmpty();
    }

    private List<String> rows(String list) throws Exception {
        return as(null, HttpMethod.GET, list).querySelectorAll("#entries tbody tr").stream()
                .map(row -> String.join(
                        "|",
                        row.querySelectorAll("td").stream()
                                .map(DomNode::asNormalizedText)
                                .map(String::strip)
                                .toList()))
                .toList();
    }

    /** With its scripts, as forms need them that are to be sent. */
    private HtmlPage page(String path) throws Exception {
        return jenkins.createWebClient().goTo(AT + path);
    }

    private HtmlPage post(String path) throws Exception {
        return as(null, HttpMethod.POST, path);
    }

    private int status(String user, HttpMethod method, String path) throws Exception {
        try (JenkinsRule.WebClient client = client(user)) {
            return client.loadWebResponse(request(client, method, path)).getStatusCode();
        }
    }

    private HtmlPage as(String user, HttpMethod method, String path) throws Exception {
        try (JenkinsRule.WebClient client = client(user)) {
            return client.getPage(request(client, method, path));
        }
    }

    private JenkinsRule.WebClient client(String user) {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        client.setJavaScriptEnabled(false);
        return user == null ? client : client.withBasicCredentials(user);
    }

    private WebRequest request(JenkinsRule.WebClient client, HttpMethod method, String path) throws Exception {
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), AT + path), method);
        if (method == HttpMethod.POST) {
            request.setRequestParameters(List.of(new NameValuePair("json", "{}")));
            client.addCrumb(request);
        }
        return request;
    }
}
