package io.jenkins.plugins.builderfarm.coordinator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The policy of the Go project's farm, against its data and against what its own code answered beyond the data. */
class GoDashboardPolicyTest {
    private static final Path DATA =
            Path.of("../plugin/src/test/resources/io/jenkins/plugins/builderfarm/examples/go-dashboard-2023.json");

    private final List<JsonObject> data = data();
    private final RepositoryPolicy policy = policy(data);
    private final List<String> wrong = new ArrayList<>();
    private int decisions;

    @Test
    void shouldSayWhatTheDataSays() {
        Set<String> builds = new HashSet<>();
        data.forEach(builder -> builds.addAll(builder.getAsJsonObject("runs").keySet()));
        for (JsonObject builder : data) {
            for (String build : builds) {
                String repository = build.substring(0, build.indexOf('@'));
                String main = build.substring(build.indexOf('@') + 1);
                String branch = repository.equals("go") ? main : "master";
                JsonElement runs = builder.getAsJsonObject("runs").get(build);
                List<String> phases =
                        runs == null ? List.of() : List.of(runs.getAsString().split("\\+"));
                String name = builder.get("name").getAsString();
                check(name, new Query(repository, branch, main, Phase.POST_SUBMIT), phases.contains("post"));
                check(name, new Query(repository, branch, main, Phase.PRE_SUBMIT), phases.contains("pre"));
            }
        }
        report("go-dashboard-2023.json");
        assertThat(decisions).isEqualTo(149 * 4 * 4 * 2);
    }

    @Test
    void shouldSayWhatTheSourceSaysOfOthers() {
        String[] pairs = {};
        List<String> repositories = List.of();
        List<String> builders = List.of();
        Set<String> asked = new HashSet<>();
        for (String line : PolicyFile.resource("go-source-answers.txt").split("\n")) {
            List<String> words = List.of(line.strip().split(" "));
            List<String> rest = words.subList(1, words.size());
            if (line.startsWith("pairs ")) {
                pairs = rest.toArray(new String[0]);
            } else if (line.startsWith("repositories ")) {
                repositories = rest;
            } else if (line.startsWith("builders ")) {
                builders = rest;
                asked.addAll(builders);
            } else if (line.startsWith("  ")) {
                for (String builder : builders) {
                    answers(builder, words.get(0), rest, pairs);
                }
                if (rest.contains("never-seen")) {
                    Set<String> others = new HashSet<>(repositories);
                    others.removeAll(listed(builders.get(0)));
                    for (String builder : builders) {
                        answers(builder, words.get(0), List.copyOf(others), pairs);
                    }
                }
            }
        }
        report("golang/build dashboard/builders.go");
        assertThat(asked).hasSize(149);
        assertThat(decisions).isEqualTo(149 * 53 * 33 * 2);
    }

    @Test
    void shouldBeWrittenCompactly() {
        PolicyFile file = PolicyFile.read();
        Set<String> distinct = new HashSet<>(file.builders().values());
        assertThat(policy.problems()).isEmpty();
        assertThat(file.builders().values())
                .allSatisfy(rules ->
                        assertThat(RuleSet.ofBuilder("b", rules).rules()).hasSizeLessThanOrEqualTo(4));
        assertThat(distinct).as("ways to combine the sets").hasSizeLessThan(60);
    }

    @Test
    void shouldExplainItself() {
        assertThat(policy.decide("linux-arm-aws", new Query("net", "master", "master", Phase.POST_SUBMIT))
                        .orElseThrow()
                        .explanation())
                .isEqualTo("linux-arm-aws runs net@master, post-submit, because rule 3 of set default says"
                        + " 'include phase post-submit'");
        assertThat(policy.decide("js-wasm", new Query("net", "master", "release-branch.go1.20", Phase.POST_SUBMIT))
                        .orElseThrow()
                        .explanation())
                .isEqualTo("js-wasm does not run net@master with release-branch.go1.20, post-submit, because rule 2 of"
                        + " set master-only says 'exclude mainBranch !master' (used by rule 1 of set latest-only, used"
                        + " by rule 4 of set wasm, used by rule 3 of set wasm-review, used by rule 2 of builder"
                        + " js-wasm)");
        assertThat(policy.decide("plan9-386", new Query("go", "master", "master", Phase.POST_SUBMIT))
                        .orElseThrow()
                        .explanation())
                .isEqualTo("plan9-386 does not run go@master, post-submit, because it is a try-only builder: it runs"
                        + " pre-submit only");
        assertThat(policy.decide("plan9-arm", new Query("go", "master", "master", Phase.POST_SUBMIT))
                        .orElseThrow()
                        .explanation())
                .endsWith("; it may fail, see https://go.dev/issue/49338");
    }

    /** The repositories that this builder's group names, but never-seen. */
    private static Set<String> listed(String builder) {
        Set<String> listed = new HashSet<>();
        boolean inside = false;
        for (String line : PolicyFile.resource("go-source-answers.txt").split("\n")) {
            List<String> words = Arrays.asList(line.strip().split(" "));
            if (line.startsWith("builders ")) {
                inside = words.contains(builder);
            } else if (inside && line.startsWith("  ")) {
                listed.addAll(words.subList(1, words.size()));
            }
        }
        return listed;
    }

    private void answers(String builder, String answers, List<String> repositories, String[] pairs) {
        assertThat(answers).hasSameSizeAs(pairs);
        for (String repository : repositories) {
            for (int i = 0; i < pairs.length; i++) {
                String branch = pairs[i].substring(0, pairs[i].indexOf(':'));
                String main = pairs[i].substring(pairs[i].indexOf(':') + 1);
                char answer = answers.charAt(i);
                check(builder, new Query(repository, branch, main, Phase.POST_SUBMIT), answer == 'o' || answer == 'B');
                check(builder, new Query(repository, branch, main, Phase.PRE_SUBMIT), answer == 'e' || answer == 'B');
            }
        }
    }

    private void check(String builder, Query query, boolean runs) {
        decisions++;
        Decision decision = policy.decide(builder, query).orElseThrow();
        if (decision.runs() != runs) {
            wrong.add(decision.explanation());
        }
    }

    private void report(String against) {
        System.out.printf("policy: %d of %d decisions equal to %s%n", decisions - wrong.size(), decisions, against);
        assertThat(wrong).isEmpty();
    }

    private static RepositoryPolicy policy(List<JsonObject> data) {
        PolicyFile file = PolicyFile.read();
        List<BuilderPolicy> builders = new ArrayList<>();
        for (JsonObject builder : data) {
            String name = builder.get("name").getAsString();
            List<String> issues = new ArrayList<>();
            if (builder.has("knownIssues")) {
                builder.getAsJsonArray("knownIssues")
                        .forEach(issue -> issues.add("https://go.dev/issue/" + issue.getAsInt()));
            }
            builders.add(BuilderPolicy.of(name, file.builders().getOrDefault(name, ""))
                    .withTryOnly(builder.has("tryOnly"))
                    .withKnownIssues(issues));
        }
        assertThat(builders)
                .extracting(BuilderPolicy::name)
                .containsAll(file.builders().keySet());
        return RepositoryPolicy.of(file.ruleSets(), builders);
    }

    private static List<JsonObject> data() {
        try {
            List<JsonObject> builders = new ArrayList<>();
            JsonParser.parseString(Files.readString(DATA))
                    .getAsJsonObject()
                    .getAsJsonArray("builders")
                    .forEach(builder -> builders.add(builder.getAsJsonObject()));
            return builders;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
