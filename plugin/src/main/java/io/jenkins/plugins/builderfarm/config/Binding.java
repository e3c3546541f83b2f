package io.jenkins.plugins.builderfarm.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** Makes objects of what a form sent, and says what was wrong with it in the words of whoever refused it. */
public final class Binding {
    private Binding() {}

    /** @throws IllegalArgumentException if anything is wrong with the form */
    public static <T extends Describable<T>> T bind(StaplerRequest2 req, Descriptor<T> descriptor, JSONObject form) {
        try {
            check(form);
            return descriptor.newInstance(req, form);
        } catch (IllegalArgumentException | LinkageError | Descriptor.FormException e) {
            throw new IllegalArgumentException(reason(e), e);
        }
    }

    /** @param json one object, an array of them, or null for none */
    static <T extends Describable<T>> List<T> bindAll(StaplerRequest2 req, Class<T> type, @CheckForNull Object json) {
        @SuppressWarnings("unchecked")
        Descriptor<T> descriptor = Jenkins.get().getDescriptorOrDie(type);
        List<T> bound = new ArrayList<>();
        for (Object object : json == null ? new JSONArray() : JSONArray.fromObject(json)) {
            bound.add(bind(req, descriptor, (JSONObject) object));
        }
        return bound;
    }

    private static void check(JSONObject form) {
        for (Object part : form.values()) {
            if (part instanceof JSONObject nested
                    && Jenkins.get().getDescriptor(nested.optString("$class")) instanceof CheckedForm checked) {
                checked.checkForm(nested);
            }
        }
    }

    /** The data binding wraps what a constructor or setter said. */
    static String reason(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof NumberFormatException) {
                return "a number is expected: " + cause.getMessage();
            }
            if (cause instanceof IllegalArgumentException && cause.getCause() == null) {
                return cause.getMessage();
            }
        }
        return thrown.getMessage();
    }
}
