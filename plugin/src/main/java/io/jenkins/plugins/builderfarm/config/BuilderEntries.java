package io.jenkins.plugins.builderfarm.config;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The builders. */
final class BuilderEntries extends Entries<Builder> {
    BuilderEntries() {
        super("builder", Builder.class);
    }

    @Override
    public List<Builder> all() {
        return BuilderFarmConfiguration.get().getBuilders();
    }

    @Override
    public Optional<Builder> find(String name) {
        return BuilderFarmConfiguration.get().builder(name);
    }

    @Override
    public String name(Builder entry) {
        return entry.getName();
    }

    @Override
    public boolean isDisabled(Builder entry) {
        return entry.isDisabled();
    }

    @Override
    public Builder copy(Builder entry, String name) {
        return entry.copy(name, entry.getHostType());
    }

    @Override
    public List<String> problems(Builder entry, Surroundings surroundings) {
        return Problems.ofBuilder(entry, surroundings);
    }

    @Override
    Builder withDisabled(Builder entry, boolean disabled) {
        Builder changed = entry.copy(entry.getName(), entry.getHostType());
        changed.setDisabled(disabled);
        return changed;
    }

    @Override
    List<String> ownReferences(String name) {
        return List.of();
    }

    @Override
    List<String> references(ReferenceFinder finder, String name) {
        return finder.toBuilder(name);
    }

    @Override
    void change(UnaryOperator<List<Builder>> change) {
        BuilderFarmConfiguration.get().change(hostTypes -> hostTypes, change);
    }

    @Override
    void replaced(String name, Builder entry, UnaryOperator<List<Builder>> change) {
        change(change);
    }
}
