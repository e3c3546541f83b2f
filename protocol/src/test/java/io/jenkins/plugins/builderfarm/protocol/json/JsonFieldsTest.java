package io.jenkins.plugins.builderfarm.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{]",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":TRUE}",
                "{\"a\":1}{",
                "// c\n{}",
                ")]}'\n{}",
                "nul",
                "\ufeff{}x"
            })
    void shouldRefuseWhatIsNoJson(String text) {
        assertThatThrownBy(() -> JsonFields.parse("message", text))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("message ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"text\"", "null", "true", "[{}]"})
    void shouldRefuseWhatIsNoObject(String text) {
        assertThatThrownBy(() -> JsonFields.parse("message", text)).hasMessage("message is not a JSON object");
    }

    @Test
    void shouldRefuseASecondObjectBehindTheFirst() {
        assertThatThrownBy(() -> JsonFields.parse("message", "{} {}")).hasMessage("message is not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 1_000, 100_000})
    void shouldRefuseDeepNesting(int depth) {
        String text = "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        assertThatThrownBy(() -> JsonFields.parse("message", text)).hasMessage("message is not valid JSON");
    }

    @Test
    void shouldReadFieldsOfEveryKind() throws ProtocolException {
        JsonFields json = JsonFields.parse("message", """
                {"text":"a", "number":12, "exp":1e3, "yes":true, "when":"2026-11-22T20:00:00Z", "bytes":"AAE",
                 "object":{"x":"y"}, "objects":[{"x":"1"},{"x":"2"}], "texts":["a","b"],
                 "map":{"k":"v"}, "objectMap":{"k":{"x":"z"}}, "lists":{"k":["1","2"]}, "null":null, "unknown":[[]]}
                """);
        assertThat(json.text("text", 1)).isEqualTo("a");
        assertThat(json.number("number", 12, 12)).isEqualTo(12);
        assertThat(json.number("exp", 0, 1000)).isEqualTo(1000);
        assertThat(json.flag("yes")).isTrue();
        assertThat(json.optionalInstant("when")).contains(Instant.parse("2026-11-22T20:00:00Z"));
        assertThat(json.bytes("bytes", 2)).containsExactly(0, 1);
        assertThat(json.object("object").text("x", 1)).isEqualTo("y");
        assertThat(json.objects("objects", 2)).hasSize(2);
        assertThat(json.texts("texts", 2, 1)).containsExactly("a", "b");
        assertThat(json.textMap("map", 1, 1)).isEqualTo(Map.of("k", "v"));
        assertThat(json.objectMap("objectMap", 1).get("k").text("x", 1)).isEqualTo("z");
        assertThat(json.textLists("lists", 1, 2, 1)).isEqualTo(Map.of("k", List.of("1", "2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"f\":null}"})
    void shouldTakeNullForAbsent(String text) throws ProtocolException {
        JsonFields json = JsonFields.parse("message", text);
        assertThat(json.optionalText("f", 1)).isEmpty();
        assertThat(json.optionalNumber("f", 0, 1)).isEqualTo(OptionalLong.empty());
        assertThat(json.optionalInstant("f")).isEmpty();
        assertThat(json.flag("f")).isFalse();
        assertThat(json.objects("f", 1)).isEmpty();
        assertThat(json.texts("f", 1, 1)).isEmpty();
        assertThat(json.textMap("f", 1, 1)).isEmpty();
        assertThat(json.objectMap("f", 1)).isEmpty();
        assertThat(json.textLists("f", 1, 1, 1)).isEmpty();
        assertRefused(() -> json.text("f", 1), "field 'f' is missing");
        assertRefused(() -> json.number("f", 0, 1), "field 'f' is missing");
        assertRefused(() -> json.object("f"), "field 'f' is missing");
        assertRefused(() -> json.bytes("f", 1), "field 'f' is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, is not a whole number",
        "1e400, is not a whole number",
        "1e999999999, is not a whole number",
        "1e-999999999, is not a whole number",
        "1e99999999999999999999, is not a whole number",
        "9223372036854775808, is not a whole number",
        "-9223372036854775809, is not a whole number",
        "11, is not between 0 and 10",
        "-1, is not between 0 and 10",
        "\"1\", is not a number",
        "true, is not a number",
        "[1], is not a number",
        "{}, is not a number",
    })
    void shouldRefuseOtherNumbers(String number, String why) throws ProtocolException {
        JsonFields json = JsonFields.parse("message", "{\"n\":" + number + "}");
        assertRefused(() -> json.number("n", 0, 10), "field 'n' " + why);
    }

    @Test
    void shouldRefuseAVeryLongNumberAtOnce() throws ProtocolException {
        JsonFields json = JsonFields.parse("message", "{\"n\":" + "1".repeat(500) + "}");
        assertRefused(() -> json.number("n", 0, 10), "field 'n' is not a whole number");
    }

    @Test
    void shouldNameTheFieldWithItsPath() throws ProtocolException {
        JsonFields json = JsonFields.parse("message", """
                {"o":{"t":1,"l":["a",2]}, "os":[{},{"t":[]},3], "m":{"k":4}, "om":{"k":"x"}, "ls":{"k":[["x"]]},
                 "b":"A*", "b3":"AAAA", "i":"yesterday", "f":"true", "long":"abc"}
                """);
        assertRefused(() -> json.object("o").text("t", 9), "field 'o.t' is not a text");
        assertRefused(() -> json.object("o").texts("l", 9, 9), "field 'o.l[1]' is not a text");
        assertRefused(() -> json.object("o").objects("t", 9), "field 'o.t' is not a list");
        assertRefused(() -> json.objects("os", 9), "field 'os[2]' is not an object");
        assertRefused(() -> json.objects("os", 2), "field 'os' has more than 2 entries");
        assertRefused(() -> json.textMap("m", 9, 9), "field 'm.k' is not a text");
        assertRefused(() -> json.textMap("m", 0, 9), "field 'm' has more than 0 entries");
        assertRefused(() -> json.textMap("long", 9, 9), "field 'long' is not an object");
        assertRefused(() -> json.objectMap("om", 9), "field 'om.k' is not an object");
        assertRefused(() -> json.textLists("ls", 9, 9, 9), "field 'ls.k[0]' is not a text");
        assertRefused(() -> json.bytes("b", 1), "field 'b': Illegal base64 character 2a");
        assertRefused(() -> json.bytes("b3", 2), "field 'b3' has 3 bytes instead of 2");
        assertRefused(() -> json.optionalInstant("i"), "field 'i' is not a time such as 2026-11-22T20:00:00Z");
        assertRefused(() -> json.flag("f"), "field 'f' is neither true nor false");
        assertRefused(() -> json.text("long", 2), "field 'long' is longer than 2 characters");
        assertRefused(
                () -> json.parsed("long", 3, text -> {
                    throw new IllegalArgumentException("not good");
                }),
                "field 'long': not good");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ProtocolException.class).hasMessage(message);
    }
}
