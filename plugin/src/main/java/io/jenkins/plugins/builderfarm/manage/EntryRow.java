package io.jenkins.plugins.builderfarm.manage;

import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Owner;
import java.util.List;
import java.util.Optional;

/** What the rows of both lists have in common: what they can be filtered by. */
public class EntryRow {
    private final String name;
    private final boolean disabled;
    private final String source;
    private final List<String> owners;
    private final List<String> problems;

    /** @param hostType that of the entry, if there is one */
    EntryRow(String name, boolean disabled, Optional<HostType> hostType, List<String> problems) {
        this.name = name;
        this.disabled = disabled;
        this.source = hostType.map(EntryRow::source).orElse("");
        this.owners = hostType.map(HostType::getOwners).orElse(List.of()).stream()
                .map(Owner::getName)
                .toList();
        this.problems = List.copyOf(problems);
    }

    private static String source(HostType hostType) {
        if (hostType.reversePool().isPresent()) {
            return "Reverse pool";
        }
        return hostType.getSource() instanceof ExistingCloud cloud
                ? "Cloud " + cloud.getCloud()
                : hostType.getSource().getDescriptor().getDisplayName();
    }

    public final String getName() {
        return name;
    }

    public final boolean isDisabled() {
        return disabled;
    }

    /** {@code problem}, {@code disabled} or {@code enabled}. */
    public final String getState() {
        if (!problems.isEmpty()) {
            return "problem";
        }
        return disabled ? "disabled" : "enabled";
    }

    /** Where the machines come from; empty if there is no host type. */
    public final String getSource() {
        return source;
    }

    public final List<String> getOwners() {
        return owners;
    }

    /** The owners' names, as the filter looks for them: with a line's end around each. */
    public final String getOwnerKey() {
        return owners.isEmpty() ? "" : "\n" + String.join("\n", owners) + "\n";
    }

    public final String getOwnerNames() {
        return String.join(", ", owners);
    }

    public final List<String> getProblems() {
        return problems;
    }

    public final String getProblemText() {
        return String.join(" ", problems);
    }
}
