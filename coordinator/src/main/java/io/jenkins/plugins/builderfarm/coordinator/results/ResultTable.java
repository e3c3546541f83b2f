package io.jenkins.plugins.builderfarm.coordinator.results;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Results as a table: a row for each revision, the latest first, and a column for each builder. What is known of no revision
 * has no row. Immutable.
 *
 * @param builders in the order of their names
 */
public record ResultTable(List<String> builders, List<Row> rows) {
    public ResultTable {
        builders = List.copyOf(builders);
        rows = List.copyOf(rows);
    }

    /**
     * The latest result of each builder that built it.
     *
     * @param revision as the first build of it knew it
     */
    public record Row(Revision revision, Map<String, BuildResult> byBuilder) {
        public Row {
            byBuilder = Map.copyOf(byBuilder);
        }
    }

    private record Key(String repository, String id) {}

    /**
     * @param results the oldest first: a row stands where the first build of its revision does
     * @param most how many rows there are at the most
     */
    public static ResultTable of(Collection<BuildResult> results, int most) {
        Map<Key, Revision> revisions = new LinkedHashMap<>();
        Map<Key, Map<String, BuildResult>> cells = new LinkedHashMap<>();
        for (BuildResult result : results) {
            Revision revision = result.revision();
            if (revision.isKnown()) {
                Key key = new Key(revision.repository(), revision.id());
                revisions.putIfAbsent(key, revision);
                cells.computeIfAbsent(key, row -> new LinkedHashMap<>()).put(result.builder(), result);
            }
        }
        List<Key> keys = new ArrayList<>(revisions.keySet());
        List<Row> rows = new ArrayList<>();
        for (int i = keys.size() - 1; i >= 0 && rows.size() < most; i--) {
            rows.add(new Row(revisions.get(keys.get(i)), cells.get(keys.get(i))));
        }
        return of(rows);
    }

    /** The first rows, with the builders that have something in them. */
    public ResultTable first(int most) {
        return rows.size() <= most ? this : of(rows.subList(0, most));
    }

    private static ResultTable of(List<Row> rows) {
        TreeSet<String> builders = new TreeSet<>();
        rows.forEach(row -> builders.addAll(row.byBuilder().keySet()));
        return new ResultTable(List.copyOf(builders), rows);
    }
}
