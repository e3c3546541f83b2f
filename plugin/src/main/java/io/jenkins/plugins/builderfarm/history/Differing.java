package io.jenkins.plugins.builderfarm.history;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the few texts by which one long list isn't as another one. Stateless. */
final class Differing {
    private Differing() {}

    /**
     * Those of the first list that aren't in the second, in their order; neither list has a text twice. What both begin and
     * end with is gone over without a look into texts that are the very same.
     */
    static List<String> in(List<String> list, List<String> other) {
        int shorter = Math.min(list.size(), other.size());
        int begin = 0;
        while (begin < shorter && list.get(begin).equals(other.get(begin))) {
            begin++;
        }
        int end = 0;
        while (end < shorter - begin && list.get(list.size() - 1 - end).equals(other.get(other.size() - 1 - end))) {
            end++;
        }
        Set<String> theirs = new HashSet<>(other.subList(begin, other.size() - end));
        return list.subList(begin, list.size() - end).stream()
                .filter(text -> !theirs.contains(text))
                .toList();
    }
}
