package io.jenkins.plugins.builderfarm.manage;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a list can be filtered by: what its rows have. */
public final class EntryFilters {
    private final Set<String> sources = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> owners = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    EntryFilters(List<? extends EntryRow> rows) {
        for (EntryRow row : rows) {
            if (!row.getSource().isEmpty()) {
                sources.add(row.getSource());
            }
            owners.addAll(row.getOwners());
        }
    }

    public Set<String> getSources() {
        return sources;
    }

    public Set<String> getOwners() {
        return owners;
    }
}
