package io.jenkins.plugins.builderfarm.testbed.bench;

import io.jenkins.plugins.builderfarm.testbed.jenkins.JenkinsClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a farm's pages cost by its size, from the request to the whole answer on loopback. */
final class AdministrationCosts {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String POOL = "io.jenkins.plugins.builderfarm.config.ReversePool";
    private static final String MANAGE = "manage/builder-farm/";

    /** How many builders each host type has: 300 and 1,500. */
    private static final int BUILDERS_EACH = 5;

    private static final int OWNERS = 40;

    private final JenkinsClient client;
    private final int rounds;

    /** By what was done, in the order of the table. */
    private final Map<String, Samples> samples = new LinkedHashMap<>();

    private interface Work {
        void run(int round) throws IOException, InterruptedException;
    }

    private AdministrationCosts(JenkinsClient client, int rounds) {
        this.client = client;
        this.rounds = rounds;
    }

    static Map<String, Samples> measure(JenkinsClient client, int hostTypes, int rounds)
            throws IOException, InterruptedException {
        AdministrationCosts costs = new AdministrationCosts(client, rounds);
        client.post("builders/transfer/apply", FORM, "yaml=" + encode(yaml(hostTypes)));
        costs.list("/builders", "builders/");
        costs.list("/builders/pools", "builders/pools/");
        costs.list("manage: host types", MANAGE + "hostTypes/");
        costs.list("manage: builders", MANAGE + "builders/");
        costs.time("form of one host type", round -> client.get(MANAGE + "hostTypes/entry/host-t1/"));
        costs.time("one host type saved", round -> costs.save("hostTypes", "host-t1", hostType("round " + round)));
        costs.time("one builder saved", round -> costs.save("builders", "linux-b1", builder("round " + round)));
        return costs.samples;
    }

    private void list(String name, String path) throws IOException, InterruptedException {
        time("list " + name, round -> client.get(path));
    }

    /** As many rounds come before, which load classes and fill caches. */
    private void time(String name, Work work) throws IOException, InterruptedException {
        Samples times = new Samples();
        for (int round = -rounds; round < rounds; round++) {
            long start = System.nanoTime();
            work.run(round);
            if (round >= 0) {
                times.add(System.nanoTime() - start);
            }
        }
        samples.put(name, times);
    }

    private void save(String list, String name, String json) throws IOException, InterruptedException {
        client.post(MANAGE + list + "/entry/" + name + "/save", FORM, "json=" + encode(json));
    }

    private static String hostType(String notes) {
        return "{\"name\": \"host-t1\", \"notes\": \"" + notes + "\", \"source\": {\"stapler-class\": \"" + POOL
                + "\", \"$class\": \"" + POOL + "\", \"expected\": \"3\", \"spares\": \"0\"}}";
    }

    private static String builder(String notes) {
        return "{\"name\": \"linux-b1\", \"hostType\": \"host-t1\", \"notes\": \"" + notes + "\"}";
    }

    /** Half of the host types are the reverse pool's, half another cloud's. */
    private static String yaml(int hostTypes) {
        StringBuilder yaml = new StringBuilder("unclassified:\n  builderFarm:\n    hostTypes:\n");
        for (int i = 0; i < hostTypes; i++) {
            String source =
                    i % 2 != 0 ? "{reversePool: {expected: 3}}" : "{cloud: {cloud: other, label: label" + i + "}}";
            yaml.append("      - {name: host-t" + i + ", platform: linux-p" + i
                    + ", notes: In the cellar, owners: [{name: Ada " + i % OWNERS
                    + ", email: ada@example.org}], source: " + source + "}\n");
        }
        yaml.append("    builders:\n");
        for (int i = 0; i < hostTypes * BUILDERS_EACH; i++) {
            yaml.append("      - {name: linux-b" + i + ", hostType: host-t" + i % hostTypes
                    + ", environment: [{name: GOARCH, value: a" + i + "}]}\n");
        }
        return yaml.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
