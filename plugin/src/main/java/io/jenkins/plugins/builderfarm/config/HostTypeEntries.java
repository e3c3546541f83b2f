package io.jenkins.plugins.builderfarm.config;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The host types. Builders name them, and follow when one gets another name. */
final class HostTypeEntries extends Entries<HostType> {
    HostTypeEntries() {
        super("host type", HostType.class);
    }

    @Override
    public List<HostType> all() {
        return BuilderFarmConfiguration.get().getHostTypes();
    }

    @Override
    public Optional<HostType> find(String name) {
        return BuilderFarmConfiguration.get().hostType(name);
    }

    @Override
    public String name(HostType entry) {
        return entry.getName();
    }

    @Override
    public boolean isDisabled(HostType entry) {
        return entry.isDisabled();
    }

    @Override
    public HostType copy(HostType entry, String name) {
        return entry.copy(name);
    }

    @Override
    public List<String> problems(HostType entry, Surroundings surroundings) {
        return Problems.ofHostType(entry, surroundings);
    }

    @Override
    HostType withDisabled(HostType entry, boolean disabled) {
        HostType changed = entry.copy(entry.getName());
        changed.setDisabled(disabled);
        return changed;
    }

    @Override
    List<String> ownReferences(String name) {
        return BuilderFarmConfiguration.get().getBuilders().stream()
                .filter(builder -> builder.getHostType().equals(name))
                .map(builder -> "builder " + builder.getName())
                .toList();
    }

    @Override
    List<String> references(ReferenceFinder finder, String name) {
        return finder.toHostType(name);
    }

    @Override
    void change(UnaryOperator<List<HostType>> change) {
        BuilderFarmConfiguration.get().change(change, builders -> builders);
    }

    @Override
    void replaced(String name, HostType entry, UnaryOperator<List<HostType>> change) {
        if (entry.getName().equals(name)) {
            change(change);
        } else {
            BuilderFarmConfiguration.get().change(change, builders -> builders.stream()
                    .map(builder -> builder.getHostType().equals(name)
                            ? builder.copy(builder.getName(), entry.getName())
                            : builder)
                    .toList());
        }
    }
}
