package io.jenkins.plugins.builderfarm.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Entries that are told apart by their names. Stateless. */
final class Named {
    private Named() {}

    /**
     * The entries as a list of their own, which XStream writes plainly; none for null.
     *
     * @param kind for the message
     * @throws IllegalArgumentException if two have the same name
     */
    static <T> List<T> distinct(String kind, @CheckForNull List<T> entries, Function<T, String> name) {
        List<T> copy = entries == null ? new ArrayList<>() : new ArrayList<>(entries);
        Set<String> seen = new HashSet<>();
        for (T entry : copy) {
            if (!seen.add(name.apply(entry))) {
                throw new IllegalArgumentException(kind + " " + name.apply(entry) + " is there twice");
            }
        }
        return copy;
    }

    static List<HostType> hostTypes(@CheckForNull List<HostType> hostTypes) {
        return distinct("host type", hostTypes, HostType::getName);
    }

    static List<Builder> builders(@CheckForNull List<Builder> builders) {
        return distinct("builder", builders, Builder::getName);
    }

    static List<SharedRules> ruleSets(@CheckForNull List<SharedRules> ruleSets) {
        return distinct("rule set", ruleSets, SharedRules::getName);
    }

    static List<PipelineTemplate> templates(@CheckForNull List<PipelineTemplate> templates) {
        return distinct("template", templates, PipelineTemplate::getName);
    }
}
