package io.jenkins.plugins.builderfarm.testbed.jenkins;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** The machines as the plugin's JSON shows them. */
public final class Machines {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final JenkinsClient client;

    public Machines(JenkinsClient client) {
        this.client = client;
    }

    /** Waits until the machine is as wanted. */
    public void await(MachineId machine, String what, Predicate<JsonObject> wanted) throws Exception {
        Patience.await(machine + " " + what, LIMIT, () -> find(machine).filter(wanted));
    }

    private Optional<JsonObject> find(MachineId machine) throws IOException, InterruptedException {
        for (JsonElement element :
                client.json("builders/pools/api/json?depth=2").getAsJsonArray("machines")) {
            JsonObject found = element.getAsJsonObject();
            if (text(found, "hostType").equals(machine.hostType().value())
                    && text(found, "hostname").equals(machine.hostname().value())) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** A field's text; empty if it isn't there. */
    public static String text(JsonObject json, String field) {
        JsonElement value = json.get(field);
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }

    /** Whether the machine could take a build at once. */
    public static boolean isFree(JsonObject machine) {
        String state = text(machine, "state");
        return state.equals("IDLE") || state.equals("SPARE");
    }
}
