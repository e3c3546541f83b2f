package io.jenkins.plugins.builderfarm.coordinator.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.builderfarm.coordinator.jobs.JobAction.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobPlanTest {
    private static final DesiredJob A = DesiredJob.of("a", "farm/a", "one\ntwo\nthree\n");

    @Test
    void shouldCreate() {
        JobAction action = only(List.of(A), List.of());

        assertThat(action.kind()).isEqualTo(Kind.CREATE);
        assertThat(action.summary()).isEqualTo("create farm/a for builder a");
        assertThat(action.diff()).contains("+one\n+two\n+three\n");
    }

    @Test
    void shouldUpdateWithADiff() {
        JobAction action = only(List.of(A), List.of(job("farm/a", "a", "one\nzwei\nthree\n")));

        assertThat(action.kind()).isEqualTo(Kind.UPDATE);
        assertThat(action.desired()).isEqualTo(A);
        assertThat(action.diff()).isEqualTo("""
                --- farm/a
                +++ farm/a
                @@ -1,3 +1,3 @@
                 one
                -zwei
                +two
                 three
                """);
    }

    @Test
    void shouldWriteNothingThatIsAsItShouldBe() {
        JobPlan plan = JobPlan.of(List.of(A), List.of(written(A, "farm/a")));

        assertThat(plan.actions()).extracting(JobAction::kind).containsExactly(Kind.UNCHANGED);
        assertThat(plan.writes()).isEmpty();
    }

    @Test
    void shouldFindAJobThatWasMoved() {
        JobAction same = only(List.of(A), List.of(written(A, "elsewhere/renamed")));
        assertThat(same.kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(same.summary()).isEqualTo("leave elsewhere/renamed for builder a: it was moved here from farm/a");

        JobAction changed = only(List.of(A), List.of(job("elsewhere/renamed", "a", "old")));
        assertThat(changed.kind()).isEqualTo(Kind.UPDATE);
        assertThat(changed.fullName()).isEqualTo("elsewhere/renamed");
    }

    @Test
    void shouldNotTouchForeignJobs() {
        JobAction foreign = only(List.of(A), List.of(new ExistingJob("Farm/A", Optional.empty(), JobPlanTest::unread)));
        assertThat(foreign.kind()).isEqualTo(Kind.REFUSED);
        assertThat(foreign.summary())
                .isEqualTo("refuse farm/a for builder a: there is a job of this name that the farm didn't make, and"
                        + " doesn't touch");

        DesiredJob b = DesiredJob.of("b", "farm/b", "x");
        JobPlan swapped = JobPlan.of(List.of(A, b), List.of(written(b, "farm/a")));
        assertThat(swapped.refused())
                .singleElement()
                .returns("a", JobAction::builder)
                .returns("there is a job of this name, which is builder b's", JobAction::detail);
        assertThat(swapped.writes()).isEmpty();
    }

    @Test
    void shouldDisableTheJobsOfBuildersThatAreGoneOnce() {
        JobAction gone = only(List.of(), List.of(written(A, "farm/a")));
        assertThat(gone.kind()).isEqualTo(Kind.DISABLE);

        ExistingJob retired = new ExistingJob("farm/a", Optional.of(new Owner("a", "", true)), JobPlanTest::unread);
        assertThat(only(List.of(), List.of(retired)).kind()).isEqualTo(Kind.UNCHANGED);
    }

    @Test
    void shouldEnableTheJobOfABuilderThatIsBack() {
        Owner owner = new Owner("a", A.owner().digest(), true);
        JobAction back = only(List.of(A), List.of(new ExistingJob("farm/a", Optional.of(owner), A::config)));

        assertThat(back.kind()).isEqualTo(Kind.UPDATE);
        assertThat(back.detail()).isEqualTo("the builder is back, so the job is enabled");
        assertThat(back.diff()).isEmpty();
    }

    @Test
    void shouldKeepTheJobOfABuilderWhoseTemplateIsBroken() {
        DesiredJob broken = DesiredJob.broken("a", "farm/a", "line 3: there is no placeholder 'x'");
        JobPlan plan = JobPlan.of(List.of(broken), List.of(written(A, "farm/a")));

        assertThat(plan.writes()).isEmpty();
        assertThat(plan.refused()).singleElement().returns("line 3: there is no placeholder 'x'", JobAction::detail);
    }

    @Test
    void shouldLeaveCopiesAlone() {
        JobPlan plan = JobPlan.of(List.of(A), List.of(written(A, "copy"), job("farm/a", "a", "old")));
        assertThat(plan.actions()).extracting(JobAction::kind).containsExactly(Kind.UPDATE, Kind.COPY);
        assertThat(plan.actions()).extracting(JobAction::fullName).containsExactly("farm/a", "copy");

        JobPlan unclear = JobPlan.of(List.of(A), List.of(written(A, "x"), written(A, "y")));
        assertThat(unclear.writes()).isEmpty();
        assertThat(unclear.refused())
                .singleElement()
                .returns("2 jobs are marked as this builder's, none of them has this name: x, y", JobAction::detail);

        assertThat(JobPlan.of(List.of(), List.of(written(A, "x"), written(A, "y")))
                        .actions())
                .extracting(JobAction::kind)
                .containsExactly(Kind.REFUSED, Kind.REFUSED);
    }

    @Test
    void shouldRefuseOneNameForTwo() {
        JobPlan plan = JobPlan.of(List.of(A, DesiredJob.of("b", "farm/A", "x")), List.of());

        assertThat(plan.writes()).isEmpty();
        assertThat(plan.refused()).hasSize(2).allSatisfy(action -> assertThat(action.detail())
                .isEqualTo("another builder wants a job of this name too"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobPlan.of(List.of(A, A), List.of()))
                .withMessage("builder a has two jobs");
    }

    /** No configuration is read of jobs that don't change, so that this costs nothing. */
    @Test
    void shouldLookAtOneOf1500JobsWhenOneChanged() {
        List<DesiredJob> desired = new ArrayList<>();
        List<ExistingJob> existing = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            DesiredJob job = DesiredJob.of("b" + i, "farm/b" + i, "config of " + i + "\n".repeat(500));
            desired.add(job);
            existing.add(written(job, "farm/b" + i));
        }
        assertThat(JobPlan.of(desired, existing).writes()).isEmpty();

        existing.set(700, job("farm/b700", "b700", "other"));
        assertThat(JobPlan.of(desired, existing).writes())
                .singleElement()
                .returns("b700", JobAction::builder)
                .returns(Kind.UPDATE, JobAction::kind);
    }

    private static JobAction only(List<DesiredJob> desired, List<ExistingJob> existing) {
        List<JobAction> actions = JobPlan.of(desired, existing).actions();
        assertThat(actions).hasSize(1);
        return actions.get(0);
    }

    /** A job as it is after the desired one was written. */
    private static ExistingJob written(DesiredJob desired, String fullName) {
        return new ExistingJob(fullName, Optional.of(desired.owner()), JobPlanTest::unread);
    }

    private static ExistingJob job(String fullName, String builder, String config) {
        return new ExistingJob(fullName, Optional.of(new Owner(builder, "other", false)), () -> config);
    }

    private static String unread() {
        throw new AssertionError("nobody needs to read this");
    }
}
