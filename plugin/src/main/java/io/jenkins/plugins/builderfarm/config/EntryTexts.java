package io.jenkins.plugins.builderfarm.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes the configuration's XML without writing those entries anew that are as they were the last time: in a large farm,
 * that was nearly all that a save of one of them cost. An entry may be changed while it is in use, so each is looked
 * through; it is just not written. Thread-safe.
 */
final class EntryTexts {
    /** By name, as they were the last time. Guarded by this. */
    private Map<String, Written> hostTypes = Map.of();

    /** Likewise. */
    private Map<String, Written> builders = Map.of();

    /** An entry's {@link Leaves} and the XML made of them. */
    private record Written(List<Object> leaves, String text) {}

    /** What XStream writes of the configuration, but that no entry refers to another one for a value that they share. */
    synchronized FarmXml of(BuilderFarmConfiguration farm) {
        Map<String, Written> newHostTypes = new HashMap<>();
        Map<String, Written> newBuilders = new HashMap<>();
        FarmXml xml = new FarmXml(
                ConfigurationXml.text(farm.withoutEntries()),
                texts(farm.getHostTypes(), HostType::getName, hostTypes, newHostTypes),
                texts(farm.getBuilders(), Builder::getName, builders, newBuilders));
        hostTypes = newHostTypes;
        builders = newBuilders;
        return xml;
    }

    private static <T> List<String> texts(
            List<T> entries, Function<T, String> name, Map<String, Written> before, Map<String, Written> now) {
        List<String> texts = new ArrayList<>(entries.size());
        for (T entry : entries) {
            Written written = before.get(name.apply(entry));
            List<Object> leaves = ConfigurationXml.leaves(entry);
            if (written == null || !written.leaves.equals(leaves)) {
                written = new Written(leaves, ConfigurationXml.entry(entry));
            }
            now.put(name.apply(entry), written);
            texts.add(written.text);
        }
        return texts;
    }
}
