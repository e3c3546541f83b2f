package io.jenkins.plugins.builderfarm.pages;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import java.util.List;
import java.util.stream.Stream;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Walks every address of the pages and the forms as everyone. */
@WithJenkins
class PermissionsITest {
    private static final String TYPE = "builders/hostType/" + SamplePool.MIPS + "/";
    private static final List<String> FOR_READERS = List.of(
            "builders/",
            "builders/api/json?depth=9",
            "builders/api/xml?depth=9",
            "builders/select?repository=go&branch=master&all=true",
            "builders/pools/",
            "builders/pools/api/json?depth=9",
            TYPE,
            TYPE + "api/json?depth=9");
    private static final String POLICY = "builders/policy/?repository=go&branch=master";
    private static final List<String> FOR_OPERATORS = List.of(TYPE + "key/", TYPE + "key/shown");

    private static JenkinsRule jenkins;

    @BeforeAll
    static void share(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void setUp() {
        Farms.clear(jenkins);
        Farms.configure();
        SamplePool.install();
        Farms.secure(jenkins);
    }

    @Test
    void shouldShowStrangersNothing() throws Exception {
        for (String path : Stream.of(FOR_READERS, FOR_OPERATORS, List.of(POLICY))
                .flatMap(List::stream)
                .toList()) {
            WebResponse answer = get(null, path);
            assertThat(answer.getStatusCode()).as(path).isEqualTo(403);
            assertThat(answer.getContentAsString()).as(path).doesNotContain("board1", "linux-mips64-short");
        }
    }

    @Test
    void shouldShowReadersNeitherAddressesNorRefusalsNorEnvironments() throws Exception {
        for (String path : FOR_READERS) {
            WebResponse answer = get("reader", path);
            assertThat(answer.getStatusCode()).as(path).isEqualTo(200);
            assertThat(answer.getContentAsString())
                    .as(path)
                    .contains(SamplePool.MIPS.value())
                    .doesNotContain(SamplePool.ADDRESS, SamplePool.REFUSED_ADDRESS, "board9", "SECRET_PLACE")
                    .doesNotContain("names host type host-gone", "bfk1:");
        }
        assertThat(get("reader", POLICY).getContentAsString())
                .contains("linux-mips64-short")
                .doesNotContain("SECRET_PLACE");
        for (String path : FOR_OPERATORS) {
            assertThat(get("reader", path).getStatusCode()).as(path).isEqualTo(403);
        }
    }

    @Test
    void shouldShowOperatorsAllButKeys() throws Exception {
        assertThat(get("operator", "builders/pools/").getContentAsString())
                .contains(SamplePool.ADDRESS, SamplePool.REFUSED_ADDRESS);
        assertThat(get("operator", "builders/pools/api/json").getContentAsString())
                .contains(SamplePool.ADDRESS, SamplePool.REFUSED_ADDRESS);
        assertThat(get("operator", "builders/").getContentAsString()).contains("names host type host-gone");
        assertThat(get("operator", TYPE).getContentAsString()).contains("SECRET_PLACE");
        for (String path : FOR_OPERATORS) {
            assertThat(get("operator", path).getContentAsString())
                    .as(path)
                    .contains("Builder key of")
                    .doesNotContain("bfk1:", "action=\"show\"", "action=\"rotate\"", "action=\"revoke\"");
        }
    }

    @Test
    void shouldShowAKeyToAnAdministratorWhoPostsAlone() throws Exception {
        String key = BuilderKeys.get().show(SamplePool.MIPS, "in a test").print();

        for (String user : new String[] {null, "reader", "operator"}) {
            WebResponse answer = post(user, TYPE + "key/show");
            assertThat(answer.getStatusCode()).as("posted by %s", user).isEqualTo(403);
            assertThat(answer.getContentAsString()).doesNotContain(key);
        }
        for (String path : FOR_OPERATORS) {
            WebResponse answer = get("admin", path);
            assertThat(answer.getStatusCode()).as(path).isEqualTo(200);
            assertThat(answer.getContentAsString()).as(path).doesNotContain("bfk1:");
        }
        assertThat(get("admin", TYPE + "key/show").getStatusCode()).isIn(404, 405);

        WebResponse shown = post("admin", TYPE + "key/show");
        assertThat(shown.getStatusCode()).isEqualTo(200);
        assertThat(shown.getContentAsString()).contains(key);
        assertThat(shown.getResponseHeaderValue("Cache-Control")).contains("no-store");
        assertThat(shown.getWebRequest().getUrl().toString()).doesNotContain("bfk1");
    }

    @Test
    void shouldLetOnlyAdministratorsChangeGenerations() throws Exception {
        for (String user : new String[] {null, "reader", "operator"}) {
            assertThat(post(user, TYPE + "key/rotate").getStatusCode()).isEqualTo(403);
            assertThat(post(user, TYPE + "key/revoke?generation=1").getStatusCode())
                    .isEqualTo(403);
        }
        assertThat(get("admin", TYPE + "key/rotate").getStatusCode()).isIn(404, 405);
        assertThat(get("admin", TYPE + "key/revoke?generation=1").getStatusCode())
                .isIn(404, 405);
        assertThat(BuilderKeys.get().generations(SamplePool.MIPS)).containsExactly(1);

        assertThat(post("admin", TYPE + "key/rotate").getContentAsString()).contains("Generations");
        post("admin", TYPE + "key/revoke?generation=1");
        assertThat(BuilderKeys.get().generations(SamplePool.MIPS)).containsExactly(2);

        WebResponse wrong = post("admin", TYPE + "key/revoke?generation=9");
        assertThat(wrong.getStatusCode()).isEqualTo(400);
        assertThat(wrong.getContentAsString()).contains("has no generation 9");
    }

    @Test
    void shouldHaveNoPageOfWhatIsNotThere() throws Exception {
        assertThat(get("admin", "builders/hostType/host-none/").getStatusCode()).isEqualTo(404);
        assertThat(get("admin", "builders/hostType/host-linux-amd64/key/").getStatusCode())
                .as("machines of a cloud have no key")
                .isEqualTo(404);
    }

    @Test
    void shouldLetOnlyAdministratorsAskTheForms() throws Exception {
        List<String> checks = jenkins.jenkins.getExtensionList(Descriptor.class).stream()
                .filter(descriptor ->
                        descriptor.getClass().getName().startsWith("io.jenkins.plugins.builderfarm.config"))
                .flatMap(descriptor -> Stream.of(descriptor.getClass().getMethods())
                        .map(method -> method.getName())
                        .filter(name -> name.startsWith("doCheck") || name.startsWith("doFill"))
                        .map(name -> descriptor.getDescriptorUrl() + "/" + Character.toLowerCase(name.charAt(2))
                                + name.substring(3) + "?value=x"))
                .toList();

        assertThat(checks).hasSizeGreaterThan(15);
        for (String check : checks) {
            assertThat(post("reader", check).getStatusCode()).as(check).isEqualTo(403);
            assertThat(post("operator", check).getStatusCode()).as(check).isEqualTo(403);
            assertThat(get("admin", check).getStatusCode()).as("GET " + check).isIn(404, 405);
            assertThat(post("admin", check).getStatusCode()).as(check).isEqualTo(200);
        }
    }

    private WebResponse get(String user, String path) throws Exception {
        return new Visitor(jenkins).get(user, path);
    }

    private WebResponse post(String user, String path) throws Exception {
        return new Visitor(jenkins).post(user, path);
    }
}
