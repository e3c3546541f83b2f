package io.jenkins.plugins.builderfarm.conduct;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.builderfarm.coordinator.results.BuildResult;
import io.jenkins.plugins.builderfarm.coordinator.results.ResultTable;
import java.util.List;
import java.util.function.Function;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * {@code /builders/results?repository=&branch=&builder=}: which builder says what of which revision, of jobs that the caller
 * may read. For one request.
 */
@ExportedBean
public final class ResultsPage implements ModelObject {
    /** More rows than that are for scripts. */
    private static final int MOST_SHOWN = 30;

    private static final int MOST_ROWS = 500;

    private final JobSight sight = new JobSight();
    private final String repository;
    private final String branch;
    private final String builder;
    private final List<BuildResult> visible;
    private final ResultTable table;

    /** @param request null for everything */
    public ResultsPage(@CheckForNull StaplerRequest2 request) {
        repository = parameter(request, "repository");
        branch = parameter(request, "branch");
        builder = parameter(request, "builder");
        visible = Results.get().all().stream().filter(sight::sees).toList();
        table = ResultTable.of(visible.stream().filter(this::isAskedFor).toList(), MOST_ROWS);
    }

    private static String parameter(@CheckForNull StaplerRequest2 request, String name) {
        return request == null ? "" : Util.fixNull(request.getParameter(name)).strip();
    }

    private boolean isAskedFor(BuildResult result) {
        return (repository.isEmpty() || result.revision().repository().equals(repository))
                && (branch.isEmpty() || result.revision().branch().equals(branch))
                && result.builder().contains(builder);
    }

    @Override
    public String getDisplayName() {
        return "Results";
    }

    public Api getApi() {
        return new Api(this);
    }

    /** In the order of the columns. */
    @Exported
    public List<String> getBuilders() {
        return table.builders();
    }

    /** The latest first. */
    @Exported
    public List<ResultRow> getRevisions() {
        return rows(table);
    }

    private List<ResultRow> rows(ResultTable of) {
        return of.rows().stream()
                .map(row -> new ResultRow(row, of.builders(), sight))
                .toList();
    }

    /** For the view: as many revisions as a page can show, and their builders. */
    public Shown getShown() {
        ResultTable few = table.first(MOST_SHOWN);
        return new Shown(
                few.builders(), rows(few), table.rows().size() - few.rows().size());
    }

    /**
     * What the page shows.
     *
     * @param leftOut how many revisions it doesn't
     */
    public record Shown(List<String> builders, List<ResultRow> rows, int leftOut) {
        public Shown {
            builders = List.copyOf(builders);
            rows = List.copyOf(rows);
        }

        /** For the view. */
        public List<String> getBuilders() {
            return builders;
        }

        /** For the view. */
        public List<ResultRow> getRows() {
            return rows;
        }

        /** For the view. */
        public int getLeftOut() {
            return leftOut;
        }
    }

    /** For the view: what can be chosen. */
    public List<String> getRepositories() {
        return known(result -> result.revision().repository());
    }

    /** For the view: what can be chosen. */
    public List<String> getBranches() {
        return known(result -> result.revision().branch());
    }

    private List<String> known(Function<BuildResult, String> part) {
        return visible.stream()
                .map(part)
                .filter(text -> !text.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /** For the view. */
    public String getRepository() {
        return repository;
    }

    /** For the view. */
    public String getBranch() {
        return branch;
    }

    /** For the view. */
    public String getBuilder() {
        return builder;
    }
}
