package io.jenkins.plugins.builderfarm.config;

import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** A list of texts, which a form shows in a text area, one a line. */
public final class Lines {
    private Lines() {}

    /** The lines that aren't blank, without the space around them. */
    static List<String> of(String text) {
        return clean(text.lines().toList());
    }

    /** The texts that aren't blank, without the space around them; a list that XStream writes plainly. */
    static List<String> clean(List<String> texts) {
        List<String> clean = new ArrayList<>();
        if (texts != null) {
            texts.stream().map(String::strip).filter(text -> !text.isEmpty()).forEach(clean::add);
        }
        return clean;
    }

    /** A text as it is kept: without what browsers and files make of the ends of lines. */
    static String plain(String text) {
        return text == null ? "" : text.replace("\r\n", "\n").strip();
    }

    /** Makes a list of what a text area sent, as the data binding wants it. */
    public static JSONObject split(JSONObject form, String field) {
        if (form.opt(field) instanceof String text) {
            form.element(field, JSONArray.fromObject(of(text)));
        }
        return form;
    }
}
