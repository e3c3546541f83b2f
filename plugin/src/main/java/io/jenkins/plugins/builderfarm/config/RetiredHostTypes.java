package io.jenkins.plugins.builderfarm.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a change of the configuration means for machines whose host type goes, a sentence each. A builder key is good for
 * one name, so machines can't follow a host type to another one; where it looks like a rename the sentence says so. A
 * file says only what there is now, never that something was renamed. Stateless.
 */
public final class RetiredHostTypes {
    private RetiredHostTypes() {}

    /** Empty if the machines of every host type go on as they did. */
    public static List<String> consequences(BuilderFarmConfiguration before, BuilderFarmConfiguration after) {
        return consequences(before.getHostTypes(), before.getBuilders(), after.getHostTypes(), after.getBuilders());
    }

    /** As {@link #consequences(BuilderFarmConfiguration, BuilderFarmConfiguration)}. */
    public static List<String> consequences(
            Collection<HostType> typesBefore,
            Collection<Builder> buildersBefore,
            Collection<HostType> typesAfter,
            Collection<Builder> buildersAfter) {
        Map<String, HostType> old = pools(typesBefore);
        Map<String, HostType> now = pools(typesAfter);
        List<HostType> added = typesAfter.stream()
                .filter(type -> now.containsKey(type.getName()) && !old.containsKey(type.getName()))
                .toList();
        List<String> sentences = new ArrayList<>();
        for (HostType type : typesBefore) {
            if (old.containsKey(type.getName()) && !now.containsKey(type.getName())) {
                sentences.add(successor(type, added, buildersBefore, buildersAfter)
                        .map(next -> renamed(type.getName(), next.getName()))
                        .orElseGet(() -> retired(type.getName())));
            }
        }
        return sentences;
    }

    private static Map<String, HostType> pools(Collection<HostType> types) {
        return types.stream()
                .filter(type -> type.reversePool().isPresent())
                .collect(Collectors.toMap(HostType::getName, Function.identity()));
    }

    static String renamed(String name, String next) {
        return "Host type " + name + " goes on as " + next
                + ": a builder key is good for one name, so machines that have"
                + " the key of " + name + " are sent away, and are let in again once they have one of " + next
                + ". Builds under way finish.";
    }

    private static String retired(String name) {
        return "Host type " + name + " no longer lets machines dial in: those that are connected are sent away."
                + " Builds under way finish.";
    }

    /** A new host type that says the same, or to which a builder has moved. */
    private static Optional<HostType> successor(
            HostType gone, List<HostType> added, Collection<Builder> before, Collection<Builder> after) {
        Map<String, String> was = before.stream().collect(Collectors.toMap(Builder::getName, Builder::getHostType));
        return added.stream()
                .filter(type -> ConfigurationXml.text(gone.copy(type.getName())).equals(ConfigurationXml.text(type))
                        || after.stream()
                                .anyMatch(builder -> builder.getHostType().equals(type.getName())
                                        && gone.getName().equals(was.get(builder.getName()))))
                .findFirst();
    }
}
