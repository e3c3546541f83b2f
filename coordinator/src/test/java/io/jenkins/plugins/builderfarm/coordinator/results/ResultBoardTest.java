package io.jenkins.plugins.builderfarm.coordinator.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ResultBoardTest {
    private final ResultBoard board = new ResultBoard(3, 5);

    private static BuildResult of(String builder, int number) {
        return Results.of(builder, "job-" + builder, number, "r" + number, Outcome.PASSED);
    }

    @Test
    void shouldGiveABuildersLatestFirst() {
        board.add(of("a", 1));
        board.add(of("b", 1));
        board.add(of("a", 2));

        assertThat(board.latest("a", 9, result -> true)).containsExactly(of("a", 2), of("a", 1));
        assertThat(board.latest("a", 1, result -> true)).containsExactly(of("a", 2));
        assertThat(board.latest("a", 1, result -> result.number() < 2)).containsExactly(of("a", 1));
        assertThat(board.latest("c", 9, result -> true)).isEmpty();
    }

    @Test
    void shouldKeepSoManyOfEachAndSoManyOfAll() {
        for (int i = 1; i <= 4; i++) {
            board.add(of("a", i));
        }
        assertThat(board.all()).containsExactly(of("a", 2), of("a", 3), of("a", 4));

        board.add(of("b", 1));
        board.add(of("b", 2));
        board.add(of("c", 1));
        assertThat(board.all()).containsExactly(of("a", 3), of("a", 4), of("b", 1), of("b", 2), of("c", 1));
        assertThat(board.size()).isEqualTo(5);
    }

    @Test
    void shouldNotPushABuilderOutByAnotherThatIsBusy() {
        board.add(of("rare", 1));
        for (int i = 1; i <= 100; i++) {
            board.add(of("busy", i));
        }
        assertThat(board.latest("rare", 1, result -> true)).hasSize(1);
    }

    @Test
    void shouldReplaceWhatItKnowsOfABuild() {
        board.add(of("a", 1));
        board.add(of("b", 1));
        board.add(of("a", 1).withoutBuild());

        assertThat(board.all()).containsExactly(of("a", 1).withoutBuild(), of("b", 1));
        assertThat(board.find("job-a", 1)).contains(of("a", 1).withoutBuild());
        assertThat(board.find("job-a", 2)).isEmpty();

        BuildResult other = Results.of("c", "job-a", 1, "r1", Outcome.FAILED);
        board.add(other);
        assertThat(board.all()).containsExactly(of("b", 1), other);
        assertThat(board.latest("a", 9, result -> true)).isEmpty();
    }

    @Test
    void shouldFollowJobsAndFolders() {
        board.add(Results.of("a", "go/one", 1, "r", Outcome.PASSED));
        board.add(Results.of("a", "go/two/three", 1, "r", Outcome.PASSED));
        board.add(Results.of("a", "golang", 1, "r", Outcome.PASSED));

        assertThat(board.rename("go", "old/go")).isTrue();
        assertThat(board.rename("elsewhere", "x")).isFalse();
        assertThat(board.all())
                .extracting(BuildResult::job)
                .containsExactly("old/go/one", "old/go/two/three", "golang");
        assertThat(board.latest("a", 1, result -> true))
                .extracting(BuildResult::job)
                .containsExactly("golang");

        assertThat(board.forgetJob("old/go/two")).isTrue();
        assertThat(board.forgetJob("old/go/two")).isFalse();
        assertThat(board.all()).extracting(BuildResult::job).containsExactly("old/go/one", "golang");
    }

    @Test
    void shouldRefuseToKeepNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ResultBoard(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ResultBoard(1, 0));
    }
}
