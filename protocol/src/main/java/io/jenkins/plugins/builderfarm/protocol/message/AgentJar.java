package io.jenkins.plugins.builderfarm.protocol.message;

import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.json.JsonFields;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.util.regex.Pattern;

/**
 * The controller's agent program: always the one that fits the controller, kept by a machine under its digest.
 *
 * @param path relative to the controller's URL, {@code jnlpJars/agent.jar}: segments of letters, digits, '.', '_' and '-'
 * @param size in bytes
 */
public record AgentJar(String path, Sha256 sha256, long size) {
    private static final long LARGEST = 100L << 20;
    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]*";
    private static final Pattern PATH = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");

    public AgentJar {
        // A narrow alphabet, since the machine makes a URL of it: nothing that could lead to another server or folder.
        if (path.length() > Limits.LONGEST_FACT || !PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("the agent's path is not a plain path below the controller's URL");
        }
        if (size <= 0 || size > LARGEST) {
            throw new IllegalArgumentException("the agent's size is not between 1 and " + LARGEST + " bytes");
        }
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("path", path);
        json.addProperty("sha256", sha256.toString());
        json.addProperty("size", size);
        return json;
    }

    static AgentJar fromJson(JsonFields json) throws ProtocolException {
        String path = json.text("path", Limits.LONGEST_FACT);
        Sha256 sha256 = json.parsed("sha256", Sha256.HEX_LENGTH, Sha256::parse);
        long size = json.number("size", 1, LARGEST);
        try {
            return new AgentJar(path, sha256, size);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("field 'agent': " + e.getMessage(), e);
        }
    }
}
