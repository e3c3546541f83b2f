package io.jenkins.plugins.builderfarm.manage;

import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** What the forms send, each with one thing in it that a test changes; that is kept under {@link #CHANGED}. */
final class Forms {
    static final String CHANGED = "changed";

    private Forms() {}

    static JSONObject hostType(String field, Object value) {
        return new JSONObject()
                .element("name", "host-new")
                .element("source", source(ReversePool.class))
                .element(field, value)
                .element(CHANGED, field + "=" + value);
    }

    static JSONObject pool(String field, String value) {
        return hostType("source", source(ReversePool.class).element(field, value))
                .element(CHANGED, field + "=" + value);
    }

    static JSONObject cloud(String cloud, String label, String executors) {
        JSONObject source = source(ExistingCloud.class)
                .element("cloud", cloud)
                .element("label", label)
                .element("executors", executors);
        return hostType("source", source)
                .element(CHANGED, "cloud=" + cloud + ", label=" + label + ", executors=" + executors);
    }

    static JSONObject builder(String field, Object value) {
        return new JSONObject()
                .element("name", "linux-new")
                .element("hostType", "host-linux-amd64")
                .element(field, value)
                .element(CHANGED, field + "=" + value);
    }

    static JSONObject owner(String name, String email) {
        return new JSONObject().element("name", name).element("email", email);
    }

    static JSONObject variable(String name) {
        return new JSONObject().element("name", name).element("value", "1");
    }

    static JSONArray twice(String name) {
        return new JSONArray().element(variable(name)).element(variable(name));
    }

    private static JSONObject source(Class<?> type) {
        return new JSONObject().element("stapler-class", type.getName()).element("$class", type.getName());
    }
}
