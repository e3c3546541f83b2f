package io.jenkins.plugins.builderfarm.config;

import java.util.Set;
import net.sf.json.JSONObject;

/**
 * Numbers of the configuration. Jenkins's data binding, and configuration as code with it, would take what is no number for
 * 0. Stateless.
 */
public final class WholeNumber {
    private WholeNumber() {}

    /** @throws IllegalArgumentException if it isn't between 0 and the most; names the field */
    static int upTo(int most, String field, int value) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException("'" + field + "' is " + value + ", which is not between 0 and " + most);
        }
        return value;
    }

    /** @throws IllegalArgumentException if the text isn't a whole number; names the field */
    public static void require(String field, String text) {
        if (!text.matches("[+-]?[0-9]{1,9}")) {
            throw new IllegalArgumentException("'" + field + "' is '" + text + "', which is not a whole number");
        }
    }

    /**
     * For forms: what is empty is left to the default.
     *
     * @throws IllegalArgumentException if a field is neither empty nor a whole number
     */
    static void requireAll(JSONObject form, Set<String> fields) {
        for (String field : fields) {
            String text = form.optString(field).trim();
            if (text.isEmpty()) {
                form.remove(field);
            } else {
                require(field, text);
            }
        }
    }
}
