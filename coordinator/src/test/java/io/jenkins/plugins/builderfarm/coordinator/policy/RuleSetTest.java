package io.jenkins.plugins.builderfarm.coordinator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTest {
    @Test
    void shouldReadRulesWithSpacesAndComments() {
        RuleSet set = RuleSet.parse("a", """
                # first

                  include   repository go , net,sys phase pre,post-submit   # why
                exclude branch x#y
                use  b branch master
                """);

        assertThat(set.rules()).extracting(Rule::number).containsExactly(1, 2, 3);
        assertThat(set.rules()).extracting(Rule::line).containsExactly(3, 4, 5);
        assertThat(set.rules())
                .extracting(Rule::kind)
                .containsExactly(Rule.Kind.INCLUDE, Rule.Kind.EXCLUDE, Rule.Kind.USE);
        assertThat(set.rules().get(0).conditions().repository()).isEqualTo(Patterns.of("go,net,sys"));
        assertThat(set.rules().get(0).conditions().phases()).containsOnly(Phase.values());
        assertThat(set.rules().get(1).conditions().branch()).isEqualTo(Patterns.of("x#y"));
        assertThat(set.rules().get(2).uses()).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inclde repository go | 'inclde' is none of include, exclude and use; did you mean include?",
                "include repo go | 'repo' is none of repository, branch, mainBranch, phase",
                "include mainbranch go | 'mainbranch' is none of repository, branch, mainBranch, phase; did you mean"
                        + " mainBranch",
                "include repository | repository: it says nothing",
                "include branch a branch b | branch: it is there twice",
                "include phase post phase pre | phase: it is there twice",
                "include phase later | phase: 'later' is no phase; there are post-submit and pre-submit",
                "include branch a,,b | branch: there is a pattern missing",
                "include branch v>=x | branch: 'v>=x' compares with 'x', which is no version",
                "include repository go>=1 | repository: 'go>=1' compares versions",
                "include repository go net | 'net' is none of repository",
                "use | use: it names no set",
                "use a,b | use: 'a,b' can't be a set's name",
            })
    void shouldSayWhatIsWrongAndWhere(String rule, String message) {
        assertThatThrownBy(() -> RuleSet.parse("a", "# about\ninclude\n" + rule + "\n"))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("set a, rule 2 (line 3)")
                .hasMessageContaining(message);
    }

    @Test
    void shouldSayAllThatIsWrong() {
        assertThatThrownBy(() -> RuleSet.ofBuilder("b", "include x y\nexclude branch !\nuse\nexclude"))
                .isInstanceOf(PolicyException.class)
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .hasSize(3)
                        .extracting(line -> line.substring(0, 17))
                        .containsExactly("builder b, rule 1", "builder b, rule 2", "builder b, rule 3"));
    }

    @Test
    void shouldRefuseNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> RuleSet.parse("", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> RuleSet.parse("a b", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> RuleSet.parse(null, ""));
    }

    @Test
    void shouldFindRulesThatAreNeverLookedAt() {
        assertThat(RuleSet.parse("a", "include branch x\nexclude\ninclude\nuse b")
                        .idleRules())
                .extracting(PolicyProblem::toString)
                .containsExactly(
                        "set a, rule 3: it is never looked at, since rule 2 takes everything",
                        "set a, rule 4: it is never looked at, since rule 2 takes everything");
    }
}
