package io.jenkins.plugins.builderfarm.protocol.release;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.json.JsonFields;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The manifest's JSON form, which is what gets signed. Stateless. */
final class ManifestJson {
    private static final int FORMAT = 1;
    private static final int MOST = 10_000;
    private static final int LONGEST_NAME = 200;

    private ManifestJson() {}

    static String write(Manifest manifest) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("serial", manifest.serial());
        json.addProperty("created", manifest.created().toString());
        manifest.expires().ifPresent(time -> json.addProperty("expires", time.toString()));
        JsonArray releases = new JsonArray();
        manifest.releases().forEach(release -> releases.add(write(release)));
        json.add("releases", releases);
        JsonObject channels = new JsonObject();
        manifest.channels().forEach((channel, version) -> channels.addProperty(channel, version.value()));
        json.add("channels", channels);
        JsonObject hostTypes = new JsonObject();
        manifest.hostTypes().forEach((name, assignment) -> hostTypes.add(name.value(), write(assignment)));
        json.add("hostTypes", hostTypes);
        JsonArray rollouts = new JsonArray();
        manifest.rollouts().forEach(rollout -> rollouts.add(write(rollout)));
        json.add("rollouts", rollouts);
        JsonObject history = new JsonObject();
        manifest.history().forEach((channel, versions) -> history.add(channel, texts(versions)));
        json.add("history", history);
        return json.toString();
    }

    private static JsonObject write(Release release) {
        JsonObject json = new JsonObject();
        json.addProperty("version", release.version().value());
        json.addProperty("object", release.object());
        json.addProperty("sha256", release.sha256().hex());
        json.addProperty("size", release.size());
        json.addProperty("minimumJava", release.minimumJava());
        json.addProperty("created", release.created().toString());
        return json;
    }

    private static JsonObject write(Assignment assignment) {
        JsonObject json = new JsonObject();
        if (assignment instanceof Assignment.Pin pin) {
            json.addProperty("release", pin.release().value());
        } else if (assignment instanceof Assignment.Channel channel) {
            json.addProperty("channel", channel.channel());
        }
        return json;
    }

    private static JsonObject write(Rollout rollout) {
        JsonObject json = new JsonObject();
        json.addProperty("channel", rollout.channel());
        json.addProperty("release", rollout.release().value());
        json.addProperty("percent", rollout.percent());
        if (!rollout.hostTypes().isEmpty()) {
            json.add("hostTypes", texts(rollout.hostTypes()));
        }
        return json;
    }

    private static JsonArray texts(Collection<?> values) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(value.toString()));
        return array;
    }

    static Manifest read(String text) throws ProtocolException {
        JsonFields json = JsonFields.parse("manifest", text);
        json.number("format", FORMAT, FORMAT);
        List<Release> releases = new ArrayList<>();
        for (JsonFields release : json.objects("releases", MOST)) {
            releases.add(release(release));
        }
        Map<String, Version> channels = new LinkedHashMap<>();
        for (Map.Entry<String, String> channel :
                json.textMap("channels", MOST, Version.LONGEST).entrySet()) {
            channels.put(channel.getKey(), checked(() -> new Version(channel.getValue())));
        }
        Map<HostTypeName, Assignment> hostTypes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonFields> entry :
                json.objectMap("hostTypes", MOST).entrySet()) {
            hostTypes.put(
                    checked(() -> new HostTypeName(entry.getKey())), assignment(entry.getKey(), entry.getValue()));
        }
        List<Rollout> rollouts = new ArrayList<>();
        for (JsonFields rollout : json.objects("rollouts", MOST)) {
            rollouts.add(rollout(rollout));
        }
        Map<String, List<Version>> history = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> past :
                json.textLists("history", MOST, MOST, Version.LONGEST).entrySet()) {
            history.put(
                    past.getKey(),
                    checked(() -> past.getValue().stream().map(Version::new).toList()));
        }
        long serial = json.number("serial", 1, Long.MAX_VALUE);
        Instant created = time(json, "created");
        Optional<Instant> expires = json.optionalInstant("expires");
        return checked(() -> new Manifest(serial, created, expires, releases, channels, hostTypes, rollouts, history));
    }

    private static Release release(JsonFields json) throws ProtocolException {
        Version version = json.parsed("version", Version.LONGEST, Version::new);
        String object = json.text("object", Release.LONGEST_OBJECT);
        Sha256 sha256 = json.parsed("sha256", Sha256.HEX_LENGTH, Sha256::parse);
        long size = json.number("size", 1, Release.LARGEST);
        int minimumJava = (int) json.number("minimumJava", 1, Release.NEWEST_JAVA);
        Instant created = time(json, "created");
        return checked(() -> new Release(version, object, sha256, size, minimumJava, created));
    }

    private static Assignment assignment(String hostType, JsonFields json) throws ProtocolException {
        Optional<String> channel = json.optionalText("channel", LONGEST_NAME);
        Optional<Version> release = json.optionalParsed("release", Version.LONGEST, Version::new);
        if (channel.isPresent() == release.isPresent()) {
            throw new ProtocolException("manifest: " + hostType + " must name either a channel or a release");
        }
        return channel.<Assignment>map(Assignment.Channel::new).orElseGet(() -> new Assignment.Pin(release.get()));
    }

    private static Rollout rollout(JsonFields json) throws ProtocolException {
        String channel = json.text("channel", LONGEST_NAME);
        Version release = json.parsed("release", Version.LONGEST, Version::new);
        int percent = (int) json.number("percent", 0, Rollout.ALL);
        List<String> names = json.texts("hostTypes", MOST, HostTypeName.LONGEST);
        return checked(() -> new Rollout(
                channel, release, percent, names.stream().map(HostTypeName::new).collect(Collectors.toSet())));
    }

    private static Instant time(JsonFields json, String name) throws ProtocolException {
        return json.optionalInstant(name)
                .orElseThrow(() -> new ProtocolException("manifest: field '" + name + "' is missing"));
    }

    private interface Maker<T> {
        T make();
    }

    /** The values check themselves; what they say becomes a fault of the manifest. */
    private static <T> T checked(Maker<T> maker) throws ProtocolException {
        try {
            return maker.make();
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("manifest: " + e.getMessage(), e);
        }
    }
}
