package io.jenkins.plugins.builderfarm.examples;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

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
    }
}
