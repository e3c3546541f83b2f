package io.jenkins.plugins.builderfarm.conduct;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.builderfarm.coordinator.results.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What became of one revision. Immutable. */
@ExportedBean(defaultVisibility = 9)
@SuppressFBWarnings(value = "URF_UNREAD_PUBLIC_OR_PROTECTED_FIELD", justification = "Stapler reads what is exported")
public final class ResultRow {
    private static final int SHORT = 12;

    /** Empty if nobody knows. */
    @Exported
    public final String repository;

    /** Empty if nobody knows. */
    @Exported
    public final String branch;

    @Exported
    public final String revision;

    private final List<ResultCell> cells = new ArrayList<>();

    ResultRow(ResultTable.Row row, List<String> builders, JobSight sight) {
        repository = row.revision().repository();
        branch = row.revision().branch();
        revision = row.revision().id();
        for (String builder : builders) {
            cells.add(
                    row.byBuilder().containsKey(builder)
                            ? sight.cell(row.byBuilder().get(builder))
                            : null);
        }
    }

    @Exported
    public List<ResultCell> getResults() {
        return cells.stream().filter(Objects::nonNull).toList();
    }

    /** For the view: one for each column, null where there is none. */
    public List<ResultCell> getCells() {
        return new ArrayList<>(cells);
    }

    /** For the view: as much of a hash as people say. */
    public String getShortRevision() {
        return revision.matches("[0-9a-f]{13,}") ? revision.substring(0, SHORT) : revision;
    }
}
