package io.jenkins.plugins.builderfarm.config;

import net.sf.json.JSONObject;

/**
 * A descriptor that looks at what a form sent before it is bound. Its {@code newInstance} is no place for that: when one
 * nested in another form throws, Jenkins binds without it.
 */
interface CheckedForm {
    /** @throws IllegalArgumentException if the form would be bound to something else than it says */
    void checkForm(JSONObject form);
}
