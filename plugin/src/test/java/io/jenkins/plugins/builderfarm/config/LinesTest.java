package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void shouldLeaveOutWhatIsBlank() {
        assertThat(Lines.of(" a \r\n\n  \nb c")).containsExactly("a", "b c");
        assertThat(Lines.clean(null)).isEmpty();
        assertThat(Lines.clean(Arrays.asList(" x ", ""))).containsExactly("x");
    }

    @Test
    void shouldMakeAListOfAFormsText() {
        JSONObject form = new JSONObject();
        form.put("keys", "a\nb");
        form.put("other", "c");

        Lines.split(form, "keys");

        assertThat(form.getJSONArray("keys").join(",")).isEqualTo("\"a\",\"b\"");
        assertThat(form.getString("other")).isEqualTo("c");
        assertThat(Lines.split(new JSONObject(), "keys").has("keys")).isFalse();
    }
}
