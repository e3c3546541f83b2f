package io.jenkins.plugins.builderfarm.protocol.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A JSON object that a stranger wrote, read field by field. A missing, ill-typed or too large field is a
 * {@link ProtocolException} that names it with its path ({@code facts.cpus}); fields nobody asks for are ignored, so
 * either end may be newer. Not thread-safe.
 */
public final class JsonFields {
    private static final int DEEPEST = 16;
    private static final int LONG_DIGITS = 19;

    private final JsonObject object;
    private final String path;

    private JsonFields(JsonObject object, String path) {
        this.object = object;
        this.path = path;
    }

    /**
     * @param what what the text is, for errors: {@code "message"}
     * @throws ProtocolException if the text isn't exactly one JSON object of a sane depth
     */
    public static JsonFields parse(String what, String text) throws ProtocolException {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(DEEPEST);
            JsonElement element = JsonParser.parseReader(reader);
            // Throws if anything but the end follows.
            reader.peek();
            if (!element.isJsonObject()) {
                throw new ProtocolException(what + " is not a JSON object");
            }
            return new JsonFields(element.getAsJsonObject(), "");
        } catch (IOException | JsonParseException e) {
            throw new ProtocolException(what + " is not valid JSON", e);
        }
    }

    /** @throws ProtocolException if the field is absent, no text, or longer than {@code longest} characters */
    public String text(String name, int longest) throws ProtocolException {
        return optionalText(name, longest).orElseThrow(() -> missing(name));
    }

    /** Absent and {@code null} are the same. */
    public Optional<String> optionalText(String name, int longest) throws ProtocolException {
        JsonElement element = object.get(name);
        if (element == null || element.isJsonNull()) {
            return Optional.empty();
        }
        return Optional.of(asText(element, path + name, longest));
    }

    /** @throws ProtocolException if the text isn't what {@code parser} takes; its message is passed on */
    public <T> T parsed(String name, int longest, Function<String, T> parser) throws ProtocolException {
        return optionalParsed(name, longest, parser).orElseThrow(() -> missing(name));
    }

    public <T> Optional<T> optionalParsed(String name, int longest, Function<String, T> parser)
            throws ProtocolException {
        Optional<String> text = optionalText(name, longest);
        try {
            return text.map(parser);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("field '" + path + name + "': " + e.getMessage(), e);
        }
    }

    /** @throws ProtocolException if the field is absent, no whole number, or outside {@code [least, most]} */
    public long number(String name, long least, long most) throws ProtocolException {
        OptionalLong number = optionalNumber(name, least, most);
        if (number.isEmpty()) {
            throw missing(name);
        }
        return number.getAsLong();
    }

    public OptionalLong optionalNumber(String name, long least, long most) throws ProtocolException {
        JsonElement element = object.get(name);
        if (element == null || element.isJsonNull()) {
            return OptionalLong.empty();
        }
        if (!(element instanceof JsonPrimitive primitive) || !primitive.isNumber()) {
            throw new ProtocolException("field '" + path + name + "' is not a number");
        }
        long value;
        try {
            value = exactLong(primitive.getAsString());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new ProtocolException("field '" + path + name + "' is not a whole number", e);
        }
        if (value < least || value > most) {
            throw new ProtocolException("field '" + path + name + "' is not between " + least + " and " + most);
        }
        return OptionalLong.of(value);
    }

    /** Numbers like 1e999999999 are legal JSON and would take minutes to expand, so the scale is looked at first. */
    private static long exactLong(String number) {
        BigDecimal decimal = new BigDecimal(number);
        if (decimal.precision() - (long) decimal.scale() > LONG_DIGITS || decimal.scale() > LONG_DIGITS) {
            throw new ArithmeticException("out of range");
        }
        return decimal.longValueExact();
    }

    /** Absent counts as false. */
    public boolean flag(String name) throws ProtocolException {
        JsonElement element = object.get(name);
        if (element == null || element.isJsonNull()) {
            return false;
        }
        if (!(element instanceof JsonPrimitive primitive) || !primitive.isBoolean()) {
            throw new ProtocolException("field '" + path + name + "' is neither true nor false");
        }
        return primitive.getAsBoolean();
    }

    /** @throws ProtocolException if the field isn't unpadded base64url of exactly {@code length} bytes */
    public byte[] bytes(String name, int length) throws ProtocolException {
        byte[] bytes = parsed(name, 2 * length + 8, Base64.getUrlDecoder()::decode);
        if (bytes.length != length) {
            throw new ProtocolException(
                    "field '" + path + name + "' has " + bytes.length + " bytes instead of " + length);
        }
        return bytes;
    }

    public Optional<Instant> optionalInstant(String name) throws ProtocolException {
        Optional<String> text = optionalText(name, 40);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            throw new ProtocolException("field '" + path + name + "' is not a time such as 2026-11-22T20:00:00Z", e);
        }
    }

    /** @throws ProtocolException if the field is absent or no object */
    public JsonFields object(String name) throws ProtocolException {
        JsonElement element = object.get(name);
        if (element == null || element.isJsonNull()) {
            throw missing(name);
        }
        return asObject(element, path + name);
    }

    /** An absent list is an empty one. */
    public List<JsonFields> objects(String name, int most) throws ProtocolException {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonElement element : array(name, most)) {
            objects.add(asObject(element, path + name + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /** An absent list is an empty one. */
    public List<String> texts(String name, int most, int longest) throws ProtocolException {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : array(name, most)) {
            texts.add(asText(element, path + name + "[" + texts.size() + "]", longest));
        }
        return texts;
    }

    /** An absent map is an empty one; the order is the writer's. */
    public Map<String, JsonFields> objectMap(String name, int most) throws ProtocolException {
        Map<String, JsonFields> map = new LinkedHashMap<>();
        for (String key : keys(name, most)) {
            map.put(key, asObject(object.getAsJsonObject(name).get(key), path + name + "." + key));
        }
        return map;
    }

    /** An absent map is an empty one; the order is the writer's. */
    public Map<String, String> textMap(String name, int most, int longest) throws ProtocolException {
        Map<String, String> map = new LinkedHashMap<>();
        for (String key : keys(name, most)) {
            map.put(key, asText(object.getAsJsonObject(name).get(key), path + name + "." + key, longest));
        }
        return map;
    }

    /** A map of lists of texts. An absent map is an empty one; the order is the writer's. */
    public Map<String, List<String>> textLists(String name, int most, int mostEach, int longest)
            throws ProtocolException {
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (String key : keys(name, most)) {
            map.put(key, new JsonFields(object.getAsJsonObject(name), path + name + ".").texts(key, mostEach, longest));
        }
        return map;
    }

    private Iterable<String> keys(String name, int most) throws ProtocolException {
        JsonElement element = object.get(name);
        if (element == null || element.isJsonNull()) {
            return List.of();
        }
        asObject(element, path + name);
        if (element.getAsJsonObject().size() > most) {
            throw new ProtocolException("field '" + path + name + "' has more than " + most + " entries");
        }
        return element.getAsJsonObject().keySet();
    }

    private JsonArray array(String name, int most) throws ProtocolException {
        JsonElement element = object.get(name);
        if (element == null || element.isJsonNull()) {
            return new JsonArray();
        }
        if (!element.isJsonArray()) {
            throw new ProtocolException("field '" + path + name + "' is not a list");
        }
        if (element.getAsJsonArray().size() > most) {
            throw new ProtocolException("field '" + path + name + "' has more than " + most + " entries");
        }
        return element.getAsJsonArray();
    }

    private static JsonFields asObject(JsonElement element, String where) throws ProtocolException {
        if (!element.isJsonObject()) {
            throw new ProtocolException("field '" + where + "' is not an object");
        }
        return new JsonFields(element.getAsJsonObject(), where + ".");
    }

    private static String asText(JsonElement element, String where, int longest) throws ProtocolException {
        if (!(element instanceof JsonPrimitive primitive) || !primitive.isString()) {
            throw new ProtocolException("field '" + where + "' is not a text");
        }
        String text = primitive.getAsString();
        if (text.length() > longest) {
            throw new ProtocolException("field '" + where + "' is longer than " + longest + " characters");
        }
        return text;
    }

    private ProtocolException missing(String name) {
        return new ProtocolException("field '" + path + name + "' is missing");
    }
}
