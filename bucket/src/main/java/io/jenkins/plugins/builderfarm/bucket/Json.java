package io.jenkins.plugins.builderfarm.bucket;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Strict JSON in, JSON out, and the fields that the API shares. */
final class Json {

    /** No metadata of ours comes near it; a client that sends more is lost or hostile. */
    static final int MAX_BYTES = 1 << 20;

    private static final Gson GSON = new GsonBuilder()
            .setStrictness(Strictness.STRICT)
            .disableHtmlEscaping()
            .create();

    private Json() {}

    /** Reads all of {@code in} as one JSON object; empty input is an empty object. */
    static JsonObject read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw ApiException.invalid("Metadata is larger than " + MAX_BYTES + " bytes");
        }
        return parse(bytes);
    }

    static JsonObject parse(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ApiException(400, "parseError", "Parse Error: metadata is not UTF-8");
        }
        if (text.isBlank()) {
            return new JsonObject();
        }
        try {
            JsonObject object = GSON.fromJson(text, JsonObject.class);
            if (object == null) {
                throw new ApiException(400, "parseError", "Parse Error: metadata is not a JSON object");
            }
            return object;
        } catch (JsonParseException e) {
            throw new ApiException(400, "parseError", "Parse Error: metadata is not a JSON object");
        }
    }

    static byte[] bytes(JsonObject object) {
        return GSON.toJson(object).getBytes(StandardCharsets.UTF_8);
    }

    /** The string in {@code field}, or null where it is missing or null. */
    static String string(JsonObject object, String field) {
        JsonElement value = object.get(field);
        if (value == null || value.isJsonNull()) {
            return null;
        }
        if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw ApiException.invalid("Invalid value for field " + field + ": a string is wanted");
    }

    /** {@code before}, changed by what {@code patch} names; null removes, as JSON merge patches do. */
    static Attributes patched(Attributes before, JsonObject patch) {
        Map<String, String> fixed = new HashMap<>(before.fixed());
        for (String field : Attributes.FIELDS.keySet()) {
            if (patch.has(field)) {
                put(fixed, field, string(patch, field));
            }
        }
        return new Attributes(fixed, patchedCustom(before, patch.get("metadata")));
    }

    private static Map<String, String> patchedCustom(Attributes before, JsonElement patch) {
        if (patch == null) {
            return before.custom();
        }
        if (patch.isJsonNull()) {
            return Map.of();
        }
        if (!(patch instanceof JsonObject pairs)) {
            throw ApiException.invalid("Invalid value for field metadata: an object is wanted");
        }
        Map<String, String> custom = new TreeMap<>(before.custom());
        pairs.keySet().forEach(key -> put(custom, key, string(pairs, key)));
        return custom;
    }

    private static void put(Map<String, String> map, String key, String value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    /** The fields that an object's resource and its file on disk have in common. */
    static JsonObject common(ObjectMetadata metadata) {
        JsonObject json = new JsonObject();
        json.addProperty("bucket", metadata.bucket());
        json.addProperty("name", metadata.name());
        json.addProperty("generation", Long.toString(metadata.generation()));
        json.addProperty("metageneration", Long.toString(metadata.metageneration()));
        json.addProperty("size", Long.toString(metadata.size()));
        json.addProperty("md5Hash", metadata.checksums().md5());
        json.addProperty("crc32c", metadata.checksums().crc32c());
        json.addProperty("timeCreated", metadata.created().toString());
        json.addProperty("updated", metadata.updated().toString());
        new TreeMap<>(metadata.attributes().fixed()).forEach(json::addProperty);
        if (!metadata.attributes().custom().isEmpty()) {
            JsonObject custom = new JsonObject();
            new TreeMap<>(metadata.attributes().custom()).forEach(custom::addProperty);
            json.add("metadata", custom);
        }
        return json;
    }
}
