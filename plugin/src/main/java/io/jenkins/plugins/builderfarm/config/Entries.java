package io.jenkins.plugins.builderfarm.config;

import hudson.ExtensionList;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;

/**
 * One of the farm's two lists, changed an entry at a time: the others are neither bound nor checked again. Every change
 * is saved, and told to {@link ConfigurationListener}s, before the method returns. Thread-safe.
 *
 * @param <T> what the list is of
 */
public abstract class Entries<T extends Describable<T>> {
    private final String kind;
    private final Class<T> type;

    Entries(String kind, Class<T> type) {
        this.kind = kind;
        this.type = type;
    }

    public static Entries<HostType> hostTypes() {
        return new HostTypeEntries();
    }

    public static Entries<Builder> builders() {
        return new BuilderEntries();
    }

    /** {@code host type} or {@code builder}. */
    public final String kind() {
        return kind;
    }

    public final Descriptor<T> descriptor() {
        @SuppressWarnings("unchecked")
        Descriptor<T> descriptor = Jenkins.get().getDescriptorOrDie(type);
        return descriptor;
    }

    public abstract List<T> all();

    public abstract Optional<T> find(String name);

    public abstract String name(T entry);

    public abstract boolean isDisabled(T entry);

    /** The same under another name. */
    public abstract T copy(T entry, String name);

    /** What doesn't fit together with the rest of the farm or with this Jenkins, a sentence each. */
    public abstract List<String> problems(T entry, Surroundings surroundings);

    abstract T withDisabled(T entry, boolean disabled);

    abstract List<String> ownReferences(String name);

    abstract List<String> references(ReferenceFinder finder, String name);

    abstract void change(UnaryOperator<List<T>> change);

    /** Called within a change in which an entry got another name. */
    abstract void replaced(String name, T entry, UnaryOperator<List<T>> change);

    /** What refers to the entry, for people: {@code builder linux-amd64}; it can't be removed while there is any. */
    public final List<String> references(String name) {
        List<String> references = new ArrayList<>(ownReferences(name));
        ExtensionList.lookup(ReferenceFinder.class).forEach(finder -> references.addAll(references(finder, name)));
        return references;
    }

    /** @throws IllegalArgumentException if there is one of that name */
    public final void add(T entry) {
        change(entries -> {
            requireNew(entries, name(entry));
            List<T> more = new ArrayList<>(entries);
            more.add(entry);
            return more;
        });
    }

    /**
     * The entry takes the place of the one with that name; what refers to it follows if it has another name.
     *
     * @throws IllegalArgumentException if there is none, or another one has the new name
     */
    public final void replace(String name, T entry) {
        replaced(name, entry, entries -> {
            if (!name(entry).equals(name)) {
                requireNew(entries, name(entry));
            }
            List<T> changed = new ArrayList<>(entries);
            changed.set(index(entries, name), entry);
            return changed;
        });
    }

    /** @throws IllegalArgumentException if there is none, or something refers to it: the message says what */
    public final void remove(String name) {
        List<String> references = references(name);
        if (!references.isEmpty()) {
            throw new IllegalArgumentException(
                    kind + " " + name + " is still used by " + String.join(", ", references));
        }
        change(entries -> {
            List<T> fewer = new ArrayList<>(entries);
            fewer.remove(index(entries, name));
            return fewer;
        });
    }

    /** @throws IllegalArgumentException if there is none */
    public final void setDisabled(String name, boolean disabled) {
        update(name, entry -> withDisabled(entry, disabled));
    }

    /**
     * Changes one entry as it is now, whoever else changes it meanwhile.
     *
     * @param change keeps the name; what it throws changes nothing
     * @throws IllegalArgumentException if there is none
     */
    public final void update(String name, UnaryOperator<T> change) {
        change(entries -> {
            List<T> changed = new ArrayList<>(entries);
            int index = index(entries, name);
            changed.set(index, change.apply(entries.get(index)));
            return changed;
        });
    }

    private void requireNew(List<T> entries, String name) {
        if (entries.stream().anyMatch(entry -> name(entry).equals(name))) {
            throw new IllegalArgumentException(kind + " " + name + " is there already");
        }
    }

    private int index(List<T> entries, String name) {
        for (int i = 0; i < entries.size(); i++) {
            if (name(entries.get(i)).equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no " + kind + " " + name);
    }
}
