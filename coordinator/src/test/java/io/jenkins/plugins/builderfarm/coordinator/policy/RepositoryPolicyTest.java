package io.jenkins.plugins.builderfarm.coordinator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RepositoryPolicyTest {
    private static final Query MASTER = Query.of("net", "master", null, Phase.POST_SUBMIT);

    @Test
    void shouldLetTheFirstRuleDecide() {
        BuilderPolicy builder = BuilderPolicy.of("b", "exclude branch dev.*\ninclude branch dev.*,master");

        assertThat(decide(MASTER, builder).runs()).isTrue();
        assertThat(decide(Query.of("net", "dev.x", "", Phase.POST_SUBMIT), builder)
                        .runs())
                .isFalse();
        Decision other = decide(Query.of("net", "other", " ", Phase.POST_SUBMIT), builder);
        assertThat(other.runs()).isFalse();
        assertThat(other.reason()).isEqualTo("no rule of builder b says anything of it");
    }

    @Test
    void shouldComeBackFromASetThatSaysNothing() {
        RuleSet set = RuleSet.parse("quiet", "exclude repository go");
        Decision decision = decide(MASTER, BuilderPolicy.of("b", "use quiet\ninclude repository net"), set);

        assertThat(decision.runs()).isTrue();
        assertThat(decision.path()).extracting(Decision.Step::toString).containsExactly("rule 2 of builder b");
    }

    @Test
    void shouldUseASetOnlyWhereTheConditionsHold() {
        RuleSet set = RuleSet.parse("all", "include");
        BuilderPolicy builder = BuilderPolicy.of("b", "use all repository go");

        assertThat(decide(MASTER, builder, set).runs()).isFalse();
        assertThat(decide(Query.of("go", "x", null, Phase.PRE_SUBMIT), builder, set)
                        .runs())
                .isTrue();
    }

    @Test
    void shouldHaveADefault() {
        BuilderPolicy builder = BuilderPolicy.of("b", " \n# nothing\n");

        assertThat(decide(MASTER, builder).runs()).isTrue();
        assertThat(decide(MASTER, builder).cause()).isEqualTo(Decision.Cause.NO_POLICY);
        assertThat(decide(Query.of("net", "master", null, Phase.PRE_SUBMIT), builder)
                        .runs())
                .isFalse();
        assertThat(decide(MASTER, builder, RuleSet.parse("default", "exclude")).reason())
                .isEqualTo("rule 1 of set default says 'exclude'");
    }

    @Test
    void shouldKnowBuildersThatDoNotRun() {
        BuilderPolicy builder = BuilderPolicy.of("b", "include");

        assertThat(decide(MASTER, builder.withDisabled(true)).cause()).isEqualTo(Decision.Cause.DISABLED);
        assertThat(decide(MASTER, builder.withTryOnly(true)).cause()).isEqualTo(Decision.Cause.TRY_ONLY);
        assertThat(decide(Query.of("net", "master", null, Phase.PRE_SUBMIT), builder.withTryOnly(true))
                        .runs())
                .isTrue();
    }

    @Test
    void shouldSelectInOrder() {
        RepositoryPolicy policy = RepositoryPolicy.of(
                List.of(),
                List.of(BuilderPolicy.of("c", ""), BuilderPolicy.of("a", "exclude"), BuilderPolicy.of("b", "")));

        assertThat(policy.select(MASTER))
                .extracting(decision -> decision.builder().name())
                .containsExactly("c", "b");
        assertThat(policy.decide("x", MASTER)).isEmpty();
    }

    @Test
    void shouldRunNothingWhoseSetIsNotThere() {
        RuleSet set = RuleSet.parse("middle", "use defualt");
        RepositoryPolicy policy = RepositoryPolicy.of(
                List.of(set, RuleSet.parse("default", "include")),
                List.of(BuilderPolicy.of("b", "use middle"), BuilderPolicy.of("c", "include\nuse nowhere")));

        assertThat(policy.problems())
                .extracting(PolicyProblem::toString)
                .containsExactly(
                        "set middle, rule 1, use: there is no set defualt; did you mean default?",
                        "builder c, rule 2, use: there is no set nowhere",
                        "builder c, rule 2: it is never looked at, since rule 1 takes everything");
        assertThat(policy.decide("b", MASTER).orElseThrow().reason())
                .isEqualTo("its rules are broken: set middle, rule 1, use: there is no set defualt; did you mean"
                        + " default?");
        assertThat(policy.select(MASTER)).isEmpty();
    }

    @Test
    void shouldFindCircles() {
        List<RuleSet> sets = List.of(
                RuleSet.parse("outside", "use a\ninclude"),
                RuleSet.parse("a", "include branch x\nuse b"),
                RuleSet.parse("b", "use c"),
                RuleSet.parse("c", "use a"),
                RuleSet.parse("self", "use self"),
                RuleSet.parse("fine", "use finer\nuse finer"),
                RuleSet.parse("finer", "include"));
        RepositoryPolicy policy = RepositoryPolicy.of(
                sets,
                List.of(
                        BuilderPolicy.of("out", "use outside"),
                        BuilderPolicy.of("round", "use c"),
                        BuilderPolicy.of("fine", "use fine")));

        assertThat(policy.problems())
                .extracting(PolicyProblem::toString)
                .containsExactly(
                        "set c, rule 1, use: it goes round in a circle: set a uses set b uses set c uses set a",
                        "set self, rule 1, use: it goes round in a circle: set self uses set self");
        assertThat(policy.select(MASTER))
                .extracting(decision -> decision.builder().name())
                .containsExactly("fine");
        assertThat(policy.decide("round", MASTER).orElseThrow().cause()).isEqualTo(Decision.Cause.BROKEN);
    }

    /** Without remembering what a set said this would take 2^40 steps. */
    @Test
    @Timeout(60)
    void shouldAskASetOnce() {
        List<RuleSet> sets = new ArrayList<>();
        sets.add(RuleSet.parse("s0", "include repository nothing"));
        for (int i = 1; i <= 40; i++) {
            sets.add(RuleSet.parse("s" + i, "use s" + (i - 1) + "\nuse s" + (i - 1)));
        }
        Decision decision = decide(MASTER, BuilderPolicy.of("b", "use s40"), sets.toArray(new RuleSet[0]));

        assertThat(decision.cause()).isEqualTo(Decision.Cause.NO_RULE);
    }

    @Test
    void shouldRefuseWhatIsThereTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RepositoryPolicy.of(List.of(RuleSet.parse("a", ""), RuleSet.parse("a", "")), List.of()))
                .withMessage("the rule set a is there twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RepositoryPolicy.of(List.of(), List.of(BuilderPolicy.of("a", ""), BuilderPolicy.of("a", ""))))
                .withMessage("builder a is there twice");
    }

    @Test
    void shouldRefuseQueriesWithoutARepositoryOrBranch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.of(" ", "master", null, Phase.POST_SUBMIT))
                .withMessage("repository is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.of("go", null, null, Phase.POST_SUBMIT))
                .withMessage("branch is missing");
    }

    private static Decision decide(Query query, BuilderPolicy builder, RuleSet... sets) {
        return RepositoryPolicy.of(List.of(sets), List.of(builder))
                .decide(builder.name(), query)
                .orElseThrow();
    }
}
