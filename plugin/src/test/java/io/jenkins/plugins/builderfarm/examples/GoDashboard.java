package io.jenkins.plugins.builderfarm.examples;

import com.google.gson.Gson;
import io.jenkins.plugins.builderfarm.coordinator.policy.Phase;
import io.jenkins.plugins.builderfarm.coordinator.policy.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code go-dashboard-2023.json} says; a field that is absent there is null, false or 0 here. */
public final class GoDashboard {
    private List<Host> hostTypes;
    private List<Build> builders;

    public List<Host> hostTypes() {
        return hostTypes;
    }

    public List<Build> builders() {
        return builders;
    }

    /** Every repository with every branch of the main repository in the data, in both phases. */
    List<Query> queries() {
        return builders.stream()
                .flatMap(build -> build.runs.keySet().stream())
                .distinct()
                .sorted()
                .flatMap(build -> Stream.of(Phase.values()).map(phase -> query(build, phase)))
                .toList();
    }

    private static Query query(String build, Phase phase) {
        String repository = build.substring(0, build.indexOf('@'));
        String main = build.substring(build.indexOf('@') + 1);
        return new Query(repository, repository.equals("go") ? main : "master", main, phase);
    }

    public static GoDashboard read() {
        try (InputStream in = GoDashboard.class.getResourceAsStream("go-dashboard-2023.json")) {
            return new Gson().fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), GoDashboard.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A host type. {@code kind} is {@code reverse}, {@code container} or {@code vm}. */
    public static final class Host {
        String name;
        String kind;
        String platform;
        String image;
        String provider;
        int expected;
        boolean hermetic;
        boolean projectOwned;

        boolean isReverse() {
            return kind.equals("reverse");
        }

        public String name() {
            return name;
        }
    }

    /** A builder. {@code runs} is the policy's answer for each {@code REPOSITORY@MAIN}. */
    public static final class Build {
        String name;
        String hostType;
        Map<String, String> env;
        Map<String, String> runs;
        List<Integer> knownIssues;
        boolean tryOnly;
        boolean compileOnly;
        boolean flakyNet;

        public String name() {
            return name;
        }

        /** What the data says of one of the {@link #queries}. */
        boolean runs(Query query) {
            String phases = runs.getOrDefault(query.repository() + "@" + query.mainBranch(), "");
            return List.of(phases.split("\\+")).contains(query.phase() == Phase.PRE_SUBMIT ? "pre" : "post");
        }
    }
}
