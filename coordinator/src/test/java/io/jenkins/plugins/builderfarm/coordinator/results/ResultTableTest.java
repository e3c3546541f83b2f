package io.jenkins.plugins.builderfarm.coordinator.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
    private static BuildResult of(String builder, int number, String revision, Outcome outcome) {
        return Results.of(builder, "job-" + builder, number, revision, outcome);
    }

    @Test
    void shouldHaveTheLatestRevisionAboveAndTheLatestResultInACell() {
        BuildResult retried = of("linux", 3, "r1", Outcome.PASSED);
        BuildResult windows = of("windows", 1, "r1", Outcome.PASSED);
        BuildResult second = of("linux", 2, "r2", Outcome.FAILED);

        ResultTable table = ResultTable.of(List.of(of("linux", 1, "r1", Outcome.FAILED), windows, second, retried), 9);

        assertThat(table.builders()).containsExactly("linux", "windows");
        assertThat(table.rows()).extracting(row -> row.revision().id()).containsExactly("r2", "r1");
        assertThat(table.rows().get(0).byBuilder()).hasSize(1).containsEntry("linux", second);
        assertThat(table.rows().get(1).byBuilder())
                .hasSize(2)
                .containsEntry("linux", retried)
                .containsEntry("windows", windows);
    }

    @Test
    void shouldLeaveOutWhatIsTooOldAndItsBuilders() {
        ResultTable table =
                ResultTable.of(List.of(of("old", 1, "r1", Outcome.PASSED), of("new", 1, "r2", Outcome.PASSED)), 1);

        assertThat(table.builders()).containsExactly("new");
        assertThat(table.rows()).extracting(row -> row.revision().id()).containsExactly("r2");
    }

    @Test
    void shouldTellRepositoriesApartButNotBranches() {
        ResultTable table = ResultTable.of(
                List.of(
                        Results.of("a", "j", 1, new Revision("net", "master", "r"), Outcome.PASSED),
                        Results.of("a", "j", 2, new Revision("sys", "master", "r"), Outcome.PASSED),
                        Results.of("b", "k", 1, new Revision("net", "", "r"), Outcome.PASSED)),
                9);

        assertThat(table.rows())
                .extracting(ResultTable.Row::revision)
                .containsExactly(new Revision("sys", "master", "r"), new Revision("net", "master", "r"));
        assertThat(table.rows().get(1).byBuilder()).containsOnlyKeys("a", "b");
    }

    @Test
    void shouldGuessNoRevision() {
        BuildResult unknown = Results.of("a", "j", 1, Revision.UNKNOWN, Outcome.PASSED);

        assertThat(ResultTable.of(List.of(unknown), 9).rows()).isEmpty();
        assertThat(new Revision(null, " master ", "x".repeat(300)))
                .isEqualTo(new Revision("", "master", "x".repeat(200)));
    }
}
