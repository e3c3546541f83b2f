package io.jenkins.plugins.builderfarm.manage;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.XmlFile;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.Entries;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.HostTypeSource;
import io.jenkins.plugins.builderfarm.config.Owner;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Lists and single changes in a small farm and in a large one. Prints what they cost, and judges only what they do. */
@WithJenkins
class ManyEntriesITest {
    private static final int TIMES = 15;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private JenkinsRule jenkins;

    @BeforeEach
    void find(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void shouldWorkWithManyEntriesAsWithFew() throws Exception {
        for (int hostTypes : new int[] {10, 300}) {
            int builders = 5 * hostTypes;
            configure(hostTypes, builders);
            String farm = hostTypes + " host types, " + builders + " builders: ";
            print(farm + "list of host types", () -> rows("hostTypes/", hostTypes));
            print(farm + "list of builders", () -> rows("builders/", builders));
            print(farm + "form of one host type", () -> get("hostTypes/entry/host-t1/"));
            print(farm + "one host type changed and saved", ManyEntriesITest::change);
            XmlFile file = new XmlFile(new File(jenkins.jenkins.getRootDir(), "bench.xml"));
            print(farm + "of that, the file written", () -> file.write(BuilderFarmConfiguration.get()));
        }
    }

    private static void configure(int hostTypes, int builders) {
        BuilderFarmConfiguration.get()
                .setHostTypes(IntStream.range(0, hostTypes)
                        .mapToObj(ManyEntriesITest::hostType)
                        .toList());
        BuilderFarmConfiguration.get()
                .setBuilders(IntStream.range(0, builders)
                        .mapToObj(i -> new Builder("linux-b" + i, "host-t" + i % hostTypes))
                        .toList());
    }

    private static HostType hostType(int i) {
        HostTypeSource source = i % 2 == 0 ? new ReversePool() : new ExistingCloud("gce", "label" + i);
        HostType type = new HostType("host-t" + i, source);
        type.setOwners(List.of(new Owner("Owner " + i % 40, "owner@example.org")));
        return type;
    }

    private static void change() {
        HostType before = Entries.hostTypes().find("host-t1").orElseThrow();
        HostType after = before.copy("host-t1");
        after.setNotes(before.getNotes().equals("on") ? "off" : "on");
        Entries.hostTypes().replace("host-t1", after);
        assertThat(Entries.hostTypes().find("host-t1")).get().isSameAs(after);
    }

    private void rows(String list, int expected) throws Exception {
        assertThat(get(list).split("jenkins-table__link", -1)).hasSize(expected + 1);
    }

    private String get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + "manage/builder-farm/" + path))
                .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void print(String what, Work work) throws Exception {
        long[] nanos = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            work.run();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf("BENCH %s: median %.1f ms, fastest %.1f ms%n", what, nanos[TIMES / 2] / 1e6, nanos[0] / 1e6);
    }
}
