package io.jenkins.plugins.builderfarm.testbed.jenkins;

import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.testbed.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A job that runs a shell script on a label. */
public final class FreestyleJob {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final JenkinsClient client;
    private final String name;

    private FreestyleJob(JenkinsClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** @param script without characters that XML would want escaped */
    public static FreestyleJob create(JenkinsClient client, String name, String label, String script)
            throws IOException, InterruptedException {
        String xml = "<project><assignedNode>" + label + "</assignedNode><canRoam>false</canRoam>"
                + "<builders><hudson.tasks.Shell><command>" + script + "</command></hudson.tasks.Shell></builders>"
                + "</project>";
        client.post("createItem?name=" + name, "application/xml", xml);
        return new FreestyleJob(client, name);
    }

    /** The quiet period is skipped. Returns at once. */
    public void schedule() throws IOException, InterruptedException {
        client.post("job/" + name + "/build?delay=0sec", "application/x-www-form-urlencoded", "");
    }

    /**
     * Waits for a build to end.
     *
     * @return its console
     * @throws IOException if it did not succeed
     */
    public String await(int number) throws Exception {
        String build = "job/" + name + "/" + number + "/";
        String result = Patience.await("build " + number + " of job " + name, LIMIT, () -> result(number));
        String console = client.get(build + "consoleText");
        if (!result.equals("SUCCESS")) {
            throw new IOException("build " + number + " of job " + name + " ended with " + result + ":\n" + console);
        }
        return console;
    }

    private Optional<String> result(int number) throws IOException, InterruptedException {
        JsonObject job = client.json("job/" + name + "/api/json?tree=builds[number,result,building]");
        for (var element : job.getAsJsonArray("builds")) {
            JsonObject build = element.getAsJsonObject();
            if (build.get("number").getAsInt() == number
                    && !build.get("building").getAsBoolean()) {
                return Optional.of(Machines.text(build, "result"));
            }
        }
        return Optional.empty();
    }
}
