package io.jenkins.plugins.builderfarm.history;

import java.util.List;

/**
 * One change of the configuration, or one use of the keys. Immutable.
 *
 * @param at ISO 8601
 * @param by the user's id
 * @param how by which form, command or file
 * @param items what changed; none for a use of the keys
 */
public record Change(String at, String by, String how, List<ItemChange> items) {
    private static final int MOST_ITEMS = 200;
    private static final int MOST_LINES = 200;

    public Change {
        // Null in a damaged file.
        items = items == null ? List.of() : List.copyOf(items);
    }

    /** Cut down where it is large, so that the record stays small: it says how much it left out. */
    Change bounded() {
        List<ItemChange> some = items.stream()
                .limit(MOST_ITEMS)
                .map(item -> item.diff().size() <= MOST_LINES
                        ? item
                        : new ItemChange(item.kind(), item.item(), item.diff().subList(0, MOST_LINES)))
                .toList();
        return new Change(
                at, by, some.size() == items.size() ? how : how + " (" + items.size() + " items in all)", some);
    }

    /** For views. */
    public String getAt() {
        return at;
    }

    /** For views. */
    public String getBy() {
        return by;
    }

    /** For views. */
    public String getHow() {
        return how;
    }

    /** For views. */
    public List<ItemChange> getItems() {
        return items;
    }
}
