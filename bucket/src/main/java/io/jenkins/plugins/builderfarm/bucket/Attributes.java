package io.jenkins.plugins.builderfarm.bucket;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a client may say about an object and change later.
 *
 * @param fixed the known fields ({@link #FIELDS}) that are set
 * @param custom the client's own {@code metadata} pairs
 */
record Attributes(Map<String, String> fixed, Map<String, String> custom) {

    /** JSON field names, each beside the HTTP header that carries it when the object is downloaded. */
    static final Map<String, String> FIELDS = Map.of(
            "contentType", "Content-Type",
            "cacheControl", "Cache-Control",
            "contentEncoding", "Content-Encoding",
            "contentDisposition", "Content-Disposition",
            "contentLanguage", "Content-Language");

    static final Attributes NONE = new Attributes(Map.of(), Map.of());

    Attributes {
        fixed = Map.copyOf(fixed);
        custom = Map.copyOf(custom);
        fixed.forEach((field, value) -> {
            if (!FIELDS.containsKey(field)) {
                throw ApiException.invalid("Unknown attribute: " + field);
            }
            // These travel as HTTP headers: a line break in one would let a client write headers of its own.
            if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw ApiException.invalid("Invalid argument: " + field + " must be printable ASCII");
            }
        });
    }

    /** The same attributes, with {@code value} for {@code field} where none is set yet. */
    Attributes withDefault(String field, String value) {
        if (value == null || fixed.containsKey(field)) {
            return this;
        }
        Map<String, String> more = new TreeMap<>(fixed);
        more.put(field, value);
        return new Attributes(more, custom);
    }
}
