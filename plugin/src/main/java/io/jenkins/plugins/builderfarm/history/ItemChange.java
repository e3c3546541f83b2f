package io.jenkins.plugins.builderfarm.history;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What became of one host type, builder or setting. Immutable.
 *
 * @param item {@code host type host-linux-amd64}
 * @param diff lines that begin with {@code -} where they are gone, and with {@code +} where they are new
 */
public record ItemChange(Kind kind, String item, List<String> diff) {
    /** What can become of an item. */
    public enum Kind {
        ADDED,
        CHANGED,
        RETIRED
    }

    public ItemChange {
        diff = diff == null ? List.of() : List.copyOf(diff);
    }

    /**
     * By item.
     *
     * @throws IOException if one of them is no XML
     */
    static List<ItemChange> between(Picture before, Picture after) throws IOException {
        Map<String, List<String>> old = before.itemsNotIn(after);
        Map<String, List<String>> now = after.itemsNotIn(before);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        List<ItemChange> changes = new ArrayList<>();
        for (String name : names) {
            List<String> was = old.getOrDefault(name, List.of());
            List<String> is = now.getOrDefault(name, List.of());
            if (!was.equals(is)) {
                Kind kind = !old.containsKey(name) ? Kind.ADDED : now.containsKey(name) ? Kind.CHANGED : Kind.RETIRED;
                changes.add(new ItemChange(kind, name, diff(was, is)));
            }
        }
        return changes;
    }

    private static List<String> diff(List<String> was, List<String> is) {
        List<String> diff = new ArrayList<>();
        for (AbstractDelta<String> delta : DiffUtils.diff(was, is).getDeltas()) {
            delta.getSource().getLines().forEach(line -> diff.add("-" + line));
            delta.getTarget().getLines().forEach(line -> diff.add("+" + line));
        }
        return diff;
    }

    /** For views. */
    public String getText() {
        return String.join("\n", diff);
    }

    /** For views. */
    public String getKindName() {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** For views. */
    public String getItem() {
        return item;
    }
}
