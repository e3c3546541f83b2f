package io.jenkins.plugins.builderfarm.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmXml;
import io.jenkins.plugins.builderfarm.config.Samples;
import io.jenkins.plugins.builderfarm.e2e.RealJenkins;
import java.util.List;
import org.htmlunit.Page;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Every page in a Jenkins that has loaded the plugin as plugins are: with a class loader of its own. In the other tests
 * all classes are the test's, so that a view finds there what it would not find here.
 */
@Timeout(360)
class RealJenkinsITest {
    /** Of the picture that stands for a symbol that isn't there. */
    private static final String CROSS = "M368 368L144 144M368 144L144 368";

    private static final List<String> PAGES = List.of(
            "manage/",
            "manage/configure",
            "manage/builder-farm/",
            "manage/builder-farm/hostTypes/",
            "manage/builder-farm/hostTypes/new/",
            "manage/builder-farm/hostTypes/entry/host-linux-riscv64-unmatched/",
            "manage/builder-farm/hostTypes/entry/host-linux-amd64/",
            "manage/builder-farm/hostTypes/entry/host-linux-amd64/referred",
            "manage/builder-farm/jobs/",
            "manage/builder-farm/builders/",
            "manage/builder-farm/builders/new/",
            "manage/builder-farm/builders/entry/linux-riscv64-race/",
            "builders/",
            "builders/pools/",
            "builders/mine/",
            "builders/results/",
            "builders/history/",
            "builders/transfer/",
            "builders/policy/?repository=go&branch=master",
            "builders/hostType/host-linux-riscv64-unmatched/",
            "builders/hostType/host-linux-riscv64-unmatched/key/",
            "builders/api/json?depth=9",
            "builders/transfer/export");

    @RegisterExtension
    private final RealJenkinsExtension jenkins = RealJenkins.with("-Xmx512m");

    @Test
    void shouldShowEveryPageAndSaveWhatFormsShow() throws Throwable {
        jenkins.then(RealJenkinsITest::look);
    }

    /** Where Jenkins shows a cross instead, in the words beside it. The other tests find the symbols of plugins, too. */
    private static List<String> unknownSymbols(HtmlPage page) {
        return page.querySelectorAll(".jenkins-app-bar a, .jenkins-app-bar button, .jenkins-section__item").stream()
                .filter(place -> place.asXml().contains(CROSS))
                .map(DomNode::asNormalizedText)
                .toList();
    }

    private static void look(JenkinsRule r) throws Throwable {
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        Samples.setEveryField(farm);
        FarmXml before = farm.toXml();
        try (JenkinsRule.WebClient client = r.createWebClient()) {
            client.setThrowExceptionOnFailingStatusCode(false);
            client.setJavaScriptEnabled(false);
            for (String page : PAGES) {
                Page answer = client.getPage(r.getURL() + page);
                assertThat(answer.getWebResponse().getStatusCode()).as(page).isEqualTo(200);
                if (answer instanceof HtmlPage html) {
                    assertThat(unknownSymbols(html)).as(page).isEmpty();
                }
            }
        }
        for (String form : List.of(
                "manage/builder-farm/hostTypes/entry/host-linux-riscv64-unmatched/",
                "manage/builder-farm/builders/entry/linux-riscv64-race/",
                "manage/configure")) {
            HtmlPage page = r.createWebClient().goTo(form);
            r.submit(page.getFormByName("config"));
            assertThat(farm.toXml()).as(form).isEqualTo(before);
        }
    }
}
