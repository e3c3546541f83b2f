package io.jenkins.plugins.builderfarm.publisher;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.jenkins.plugins.builderfarm.protocol.release.Assignment;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a bucket holds and who gets what, for people or for programs.
 *
 * @param jars sizes of the jars that are there, by name
 */
record Status(Folder folder, long generation, Manifest manifest, Map<String, Long> jars, Instant now) {
    /** What is wrong, a line each; machines that are to run a release whose jar is not there keep what they have. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Release release : manifest.releases()) {
            Long size = jars.get(release.object());
            if (size == null) {
                problems.add("release " + release.version() + ": its jar " + release.object() + " is not there");
            } else if (size != release.size()) {
                problems.add("release " + release.version() + ": its jar " + release.object() + " has " + size
                        + " bytes instead of " + release.size());
            }
        }
        if (isExpired()) {
            problems.add("the manifest expired at " + manifest.expires().orElseThrow() + "; renew it");
        }
        return problems;
    }

    private boolean isExpired() {
        return manifest.expires().map(time -> !time.isAfter(now)).orElse(false);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                folder.show(Manifest.OBJECT) + ": serial " + manifest.serial() + ", written " + manifest.created()
                        + ", expires "
                        + manifest.expires().map(Object::toString).orElse("never"));
        line(text, "");
        line(text, "Channels");
        manifest.channels().forEach((channel, release) -> {
            List<?> before = manifest.history().getOrDefault(channel, List.of());
            line(text, "  " + channel + ": " + release + (before.isEmpty() ? "" : ", before that " + join(before)));
        });
        manifest.rollouts().forEach(rollout -> line(text, "  " + Changes.show(rollout)));
        if (!manifest.hostTypes().isEmpty()) {
            line(text, "Host types (all others follow " + Manifest.STABLE + ")");
            manifest.hostTypes()
                    .forEach((name, assignment) -> line(text, "  " + name + ": " + Changes.show(assignment)));
        }
        line(text, "Releases");
        for (Release release : manifest.releases()) {
            line(
                    text,
                    "  " + release.version() + ": " + release.size() + " bytes, Java " + release.minimumJava()
                            + " or newer, published " + release.created() + ", " + release.object());
        }
        problems().forEach(problem -> line(text, "PROBLEM: " + problem));
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }

    private static String join(Collection<?> values) {
        return String.join(", ", values.stream().map(Object::toString).toList());
    }

    String json() {
        JsonObject json = new JsonObject();
        json.addProperty("manifest", folder.show(Manifest.OBJECT));
        json.addProperty("generation", generation);
        json.addProperty("serial", manifest.serial());
        json.addProperty("created", manifest.created().toString());
        json.addProperty("expires", manifest.expires().map(Object::toString).orElse(null));
        json.addProperty("expired", isExpired());
        JsonObject channels = new JsonObject();
        manifest.channels().forEach((channel, release) -> {
            JsonObject one = new JsonObject();
            one.addProperty("release", release.value());
            one.add("history", array(manifest.history().getOrDefault(channel, List.of()), Status::text));
            channels.add(channel, one);
        });
        json.add("channels", channels);
        json.add("rollouts", array(manifest.rollouts(), Status::json));
        JsonObject hostTypes = new JsonObject();
        manifest.hostTypes().forEach((name, assignment) -> hostTypes.add(name.value(), json(assignment)));
        json.add("hostTypes", hostTypes);
        json.add("releases", array(manifest.releases(), this::json));
        json.add("problems", array(problems(), Status::text));
        return new GsonBuilder()
                .serializeNulls()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(json);
    }

    private static <T> JsonArray array(Collection<T> values, Function<T, JsonElement> json) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(json.apply(value)));
        return array;
    }

    private static JsonElement text(Object value) {
        return new JsonPrimitive(value.toString());
    }

    private static JsonElement json(Rollout rollout) {
        JsonObject json = new JsonObject();
        json.addProperty("channel", rollout.channel());
        json.addProperty("release", rollout.release().value());
        json.addProperty("percent", rollout.percent());
        json.add("hostTypes", array(rollout.hostTypes(), Status::text));
        return json;
    }

    private static JsonElement json(Assignment assignment) {
        JsonObject json = new JsonObject();
        if (assignment instanceof Assignment.Pin pin) {
            json.addProperty("release", pin.release().value());
        } else if (assignment instanceof Assignment.Channel channel) {
            json.addProperty("channel", channel.channel());
        }
        return json;
    }

    private JsonElement json(Release release) {
        JsonObject json = new JsonObject();
        json.addProperty("version", release.version().value());
        json.addProperty("object", release.object());
        json.addProperty("sha256", release.sha256().hex());
        json.addProperty("size", release.size());
        json.addProperty("minimumJava", release.minimumJava());
        json.addProperty("created", release.created().toString());
        json.addProperty("jarPresent", jars.getOrDefault(release.object(), -1L) == release.size());
        return json;
    }
}
