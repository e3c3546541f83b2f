package io.jenkins.plugins.builderfarm.protocol.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.handshake.Handshake;
import io.jenkins.plugins.builderfarm.protocol.handshake.Nonce;
import io.jenkins.plugins.builderfarm.protocol.json.JsonFields;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.util.List;

/** Reads messages off the wire. Stateless. */
public final class Messages {
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_SECRET = 500;
    private static final int MOST_VERSIONS = 1_000_000;
    private static final long LONGEST_MILLIS = 24L * 60 * 60 * 1000;

    private Messages() {}

    /**
     * What a machine sent.
     *
     * @throws ProtocolException if it is no message; the text says which field is wrong
     */
    public static MachineMessage fromMachine(String text) throws ProtocolException {
        JsonFields json = parse(text);
        String type = json.text("type", Limits.LONGEST_ID);
        return switch (type) {
            case "hello" -> hello(json);
            case "ready" -> new MachineMessage.Ready();
            case "setAside" ->
                new MachineMessage.SetAside(json.texts("reasons", Limits.MOST_NOTES, Limits.LONGEST_NOTE));
            case "health" ->
                new MachineMessage.Health(
                        json.number("sequence", 0, Long.MAX_VALUE),
                        json.number("disk", 0, Long.MAX_VALUE),
                        json.number("memory", 0, Long.MAX_VALUE),
                        (int) json.number("load", -1, Integer.MAX_VALUE));
            case "leaseAccepted" -> new MachineMessage.LeaseAccepted(lease(json));
            case "leaseFailed" -> new MachineMessage.LeaseFailed(lease(json), json.text("reason", Limits.LONGEST_NOTE));
            case "released" ->
                new MachineMessage.Released(lease(json), json.optionalText("problem", Limits.LONGEST_NOTE));
            case "goodbye" -> new MachineMessage.Goodbye(json.text("reason", Limits.LONGEST_NOTE));
            default -> new MachineMessage.Unknown(type);
        };
    }

    /**
     * What the controller sent.
     *
     * @throws ProtocolException if it is no message; the text says which field is wrong
     */
    public static ControllerMessage fromController(String text) throws ProtocolException {
        JsonFields json = parse(text);
        String type = json.text("type", Limits.LONGEST_ID);
        return switch (type) {
            case "challenge" ->
                new ControllerMessage.Challenge(
                        (int) json.number("oldest", 1, MOST_VERSIONS),
                        (int) json.number("newest", 1, MOST_VERSIONS),
                        Nonce.of(json.bytes("nonce", Nonce.LENGTH)));
            case "welcome" ->
                new ControllerMessage.Welcome(
                        (int) json.number("version", 1, MOST_VERSIONS),
                        json.bytes("proof", Handshake.PROOF_LENGTH),
                        AgentJar.fromJson(json.object("agent")),
                        json.number("silenceMillis", 1, LONGEST_MILLIS));
            case "refused" -> new ControllerMessage.Refused(json.number("retryMillis", 0, LONGEST_MILLIS));
            case "healthCheck" -> new ControllerMessage.HealthCheck(json.number("sequence", 0, Long.MAX_VALUE));
            case "lease" -> new ControllerMessage.Lease(lease(json), json.text("secret", LONGEST_SECRET));
            case "release" -> new ControllerMessage.Release(lease(json), json.flag("reboot"));
            case "drain" ->
                new ControllerMessage.Drain(
                        DrainReason.parse(json.text("reason", Limits.LONGEST_ID)),
                        json.optionalText("note", Limits.LONGEST_NOTE).orElse(""));
            default -> new ControllerMessage.Unknown(type);
        };
    }

    private static MachineMessage.Hello hello(JsonFields json) throws ProtocolException {
        return new MachineMessage.Hello(
                (int) json.number("version", 1, MOST_VERSIONS),
                new MachineId(
                        json.parsed("hostType", HostTypeName.LONGEST, HostTypeName::new),
                        json.parsed("hostname", Hostname.LONGEST, Hostname::new)),
                (int) json.number("generation", BuilderKey.FIRST_GENERATION, BuilderKey.LAST_GENERATION),
                json.parsed("controller", LONGEST_URL, ControllerUrl::parse),
                Nonce.of(json.bytes("nonce", Nonce.LENGTH)),
                json.bytes("proof", Handshake.PROOF_LENGTH),
                json.optionalParsed("lease", LeaseId.LONGEST, LeaseId::new),
                Facts.fromJson(json.object("facts")),
                json.texts("notes", Limits.MOST_NOTES, Limits.LONGEST_NOTE));
    }

    private static LeaseId lease(JsonFields json) throws ProtocolException {
        return json.parsed("lease", LeaseId.LONGEST, LeaseId::new);
    }

    private static JsonFields parse(String text) throws ProtocolException {
        if (text.length() > Limits.LONGEST_MESSAGE) {
            throw new ProtocolException("message is longer than " + Limits.LONGEST_MESSAGE + " characters");
        }
        return JsonFields.parse("message", text);
    }

    static void addTexts(JsonObject json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            JsonArray array = new JsonArray();
            texts.forEach(array::add);
            json.add(name, array);
        }
    }
}
