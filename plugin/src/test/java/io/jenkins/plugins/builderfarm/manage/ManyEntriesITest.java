package io.jenkins.plugins.builderfarm.manage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.Entries;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.HostTypeSource;
import io.jenkins.plugins.builderfarm.config.Owner;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.history.ConfigurationHistory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Lists and single changes in a large farm; what they cost {@code make bench} prints. */
@WithJenkins
class ManyEntriesITest {
    private static final int HOST_TYPES = 300;
    private static final int BUILDERS = 1500;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private JenkinsRule jenkins;
    private BuilderFarmConfiguration farm;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        farm = BuilderFarmConfiguration.get();
        farm.setHostTypes(IntStream.range(0, HOST_TYPES)
                .mapToObj(ManyEntriesITest::hostType)
                .toList());
        farm.setBuilders(IntStream.range(0, BUILDERS)
                .mapToObj(i -> new Builder("linux-b" + i, "host-t" + i % HOST_TYPES))
                .toList());
    }

    private static HostType hostType(int i) {
        HostTypeSource source = i % 2 == 0 ? new ReversePool() : new ExistingCloud("gce", "label" + i);
        HostType type = new HostType("host-t" + i, source);
        type.setOwners(List.of(new Owner("Owner " + i % 40, "owner@example.org")));
        return type;
    }

    @Test
    void shouldListAll() throws Exception {
        assertThat(rows("hostTypes/")).isEqualTo(HOST_TYPES);
        assertThat(rows("builders/")).isEqualTo(BUILDERS);
    }

    @Test
    void shouldTouchNothingButTheEntryThatIsChanged() {
        List<HostType> before = farm.getHostTypes();
        List<Builder> builders = farm.getBuilders();
        HostType after = before.get(7).copy("host-t7");
        after.setNotes("new");

        Entries.hostTypes().replace("host-t7", after);

        for (int i = 0; i < HOST_TYPES; i++) {
            assertThat(farm.getHostTypes().get(i)).isSameAs(i == 7 ? after : before.get(i));
        }
        assertThat(farm.getBuilders()).containsExactlyElementsOf(builders);
        assertThat(ConfigurationHistory.get().latest().get(0).items())
                .singleElement()
                .satisfies(item -> assertThat(item.diff()).containsExactly("+notes: new"));
    }

    private long rows(String list) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + "manage/builder-farm/" + list))
                .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().split("jenkins-table__link", -1).length - 1L;
    }
}
