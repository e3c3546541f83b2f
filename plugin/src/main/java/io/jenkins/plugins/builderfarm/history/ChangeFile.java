package io.jenkins.plugins.builderfarm.history;

import io.jenkins.plugins.builderfarm.store.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Changes in a file, oldest first. A change is appended; once there are twice as many as are kept, the older half is cut
 * off. Not thread-safe.
 */
final class ChangeFile {
    private final JsonLines<Change> file;
    private final int kept;
    private List<Change> changes;
    /** Whether something was read that is not to be appended to. */
    private boolean damaged;

    ChangeFile(Path file, int kept) {
        this.file = new JsonLines<>(file, Change.class);
        this.kept = kept;
    }

    /** The latest first, no more than are kept. */
    List<Change> latest() {
        List<Change> all = all();
        List<Change> latest = new ArrayList<>(all.subList(Math.max(0, all.size() - kept), all.size()));
        Collections.reverse(latest);
        return latest;
    }

    void add(Change change) throws IOException {
        List<Change> all = all();
        Change bounded = change.bounded();
        all.add(bounded);
        boolean full = all.size() >= 2 * kept;
        if (full) {
            changes = new ArrayList<>(all.subList(all.size() - kept, all.size()));
        }
        if (full || damaged) {
            file.rewrite(changes);
            damaged = false;
        } else {
            file.append(bounded);
        }
    }

    private List<Change> all() {
        if (changes == null) {
            changes = new ArrayList<>();
            damaged = !file.read(changes::add);
        }
        return changes;
    }
}
