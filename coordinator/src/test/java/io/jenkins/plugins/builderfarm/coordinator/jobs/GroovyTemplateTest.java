package io.jenkins.plugins.builderfarm.coordinator.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GroovyTemplateTest {
    private static final Placeholders VALUES = Placeholders.of(Map.of(
            "name", Value.of("linux-386"),
            "scale", Value.of(5),
            "tryOnly", Value.of(false),
            "bad", Value.of("a'b\"c\\d$e\n*/"),
            "number", Value.of("7"),
            "environment", Value.of(List.of("A=1", "B='x'"))));

    @ParameterizedTest
    @MethodSource
    void shouldWriteValuesForWhereTheyStand(String script, String expected) {
        assertThat(fill(script)).isEqualTo(expected);
    }

    static List<Arguments> shouldWriteValuesForWhereTheyStand() {
        return List.of(
                // Code: a literal of its own.
                Arguments.of("node(@{name}) {}", "node('linux-386') {}"),
                Arguments.of("timeout(20 * @{scale})", "timeout(20 * 5)"),
                Arguments.of("if (@{tryOnly}) {}", "if (false) {}"),
                Arguments.of("def n = @{number}", "def n = '7'"),
                Arguments.of("withEnv(@{environment}) {}", "withEnv(['A=1', 'B=\\'x\\'']) {}"),
                Arguments.of("x(@{bad})", "x('a\\'b\\\"c\\\\d$e\\n*/')"),
                // Strings.
                Arguments.of("node('@{name}') {}", "node('linux-386') {}"),
                Arguments.of("x('@{bad}')", "x('a\\'b\\\"c\\\\d$e\\n*/')"),
                Arguments.of("x(\"@{bad}\")", "x(\"a\\'b\\\"c\\\\d\\$e\\n*/\")"),
                Arguments.of("x('''it's @{bad}''')", "x('''it's a\\'b\\\"c\\\\d$e\\n*/''')"),
                Arguments.of("x(\"\"\"'@{bad}'\"\"\")", "x(\"\"\"'a\\'b\\\"c\\\\d\\$e\\n*/'\"\"\")"),
                Arguments.of("x('it\\'s @{name}')", "x('it\\'s linux-386')"),
                Arguments.of("x('@{environment}')", "x('A=1\\nB=\\'x\\'')"),
                // Code inside strings.
                Arguments.of("x(\"${f(@{name})} @{name}\")", "x(\"${f('linux-386')} linux-386\")"),
                Arguments.of("x(\"${f { @{name} }} @{name}\")", "x(\"${f { 'linux-386' }} linux-386\")"),
                Arguments.of("x(\"\\${@{name}}\")", "x(\"\\${linux-386}\")"),
                // Comments.
                Arguments.of("// it's @{bad}\n@{name}", "// it's a'b\"c\\d$e */\n'linux-386'"),
                Arguments.of("/* it's @{bad} */ @{name}", "/* it's a'b\"c\\d$e\n* / */ 'linux-386'"),
                // Slashes.
                Arguments.of("x = a / b; y = '@{name}' / 2", "x = a / b; y = 'linux-386' / 2"),
                Arguments.of("x = @{scale} / 2 / '@{name}'", "x = 5 / 2 / 'linux-386'"),
                Arguments.of("x =~ /a'@{name}\\/b/; y(@{name})", "x =~ /a'linux-386\\/b/; y('linux-386')"),
                Arguments.of("return /a'@{name}/", "return /a'linux-386/"),
                Arguments.of("x = y[1] / z // '\n@{name}", "x = y[1] / z // '\n'linux-386'"),
                Arguments.of("x = $/ ' $$ $/ /$ + @{name}", "x = $/ ' $$ $/ /$ + 'linux-386'"),
                // Neither escaped ones nor annotations are placeholders; a default holds where there is nothing.
                Arguments.of("x = '@@{name}'", "x = '@{name}'"),
                Arguments.of("x = '@{other|none}' + @{other|}", "x = 'none' + ''"),
                Arguments.of("@Library('x') _", "@Library('x') _"));
    }

    @Test
    void shouldNameTheLineAndWhatWasMeant() {
        assertThatThrownBy(() -> fill("node {\n  echo '@{nmae}'\n}"))
                .isInstanceOf(TemplateException.class)
                .hasMessage("line 2: there is no placeholder 'nmae'; did you mean name?");
        assertThatThrownBy(() -> fill("\n\n@{name"))
                .hasMessageStartingWith("line 3: a placeholder has no '}' in its line");
        assertThatThrownBy(() -> fill("@{}")).hasMessageStartingWith("line 1: '@{}' names no placeholder");
        assertThatThrownBy(() -> fill("x\ny =~ /@{bad}/"))
                .hasMessageStartingWith("line 2:")
                .hasMessageContaining("can't stand in /.../");
        assertThatThrownBy(() -> fill("x = $/@{bad}/$")).hasMessageContaining("can't stand in $/.../$");
    }

    @Test
    void shouldTakeOverrides() {
        Placeholders overridden = VALUES.with(Map.of("name", Value.of("other"), "extra", Value.of("1")));

        assertThat(JobTemplate.ofScript("'@{name} @{extra} @{scale}'").fillIn(overridden))
                .isEqualTo("'other 1 5'");
        assertThat(fill("'@{name}'")).isEqualTo("'linux-386'");
        assertThatThrownBy(() -> VALUES.with(Map.of("a b", Value.of("")))).hasMessageContaining("'a b' can't be");
    }

    private static String fill(String script) {
        return JobTemplate.ofScript(script).fillIn(VALUES);
    }
}
