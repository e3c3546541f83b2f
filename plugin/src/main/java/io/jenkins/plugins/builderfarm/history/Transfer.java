package io.jenkins.plugins.builderfarm.history;

import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.OptionalPlugin;
import io.jenkins.plugins.builderfarm.config.RetiredHostTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * The whole configuration out and in as YAML. To bring it in is for Jenkins's administrators alone: configuration as code
 * replaces <code>${…}</code> in it by secrets of the controller. Stateless.
 */
public final class Transfer {
    private Transfer() {}

    /** Whether the plugin is there that reads and writes YAML. */
    public static boolean isPossible() {
        return OptionalPlugin.isActive("configuration-as-code");
    }

    /** @throws IllegalStateException if that plugin isn't there */
    static void requirePossible() {
        if (!isPossible()) {
            throw new IllegalStateException("this needs the plugin configuration-as-code, which is not installed");
        }
    }

    /** The configuration; it holds no secret. */
    public static String export() {
        FarmPermissions.checkMaySeeSettings();
        requirePossible();
        return FarmYaml.write(BuilderFarmConfiguration.get());
    }

    /**
     * What {@link #apply} would change; changes nothing.
     *
     * @throws IllegalArgumentException as {@link #apply}
     */
    public static Preview preview(String yaml) {
        BuilderFarmConfiguration draft = draft(yaml);
        BuilderFarmConfiguration now = BuilderFarmConfiguration.get();
        List<String> warnings = new ArrayList<>(RetiredHostTypes.consequences(now, draft));
        warnings.addAll(draft.problems());
        try {
            return new Preview(ItemChange.between(Picture.of(now.toXml()), Picture.of(draft.toXml())), warnings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes over what the YAML says, all of it or nothing. A list that it has replaces the list; what it doesn't speak of
     * stays.
     *
     * @throws IllegalArgumentException if it is no YAML or says something wrong; names the line
     */
    public static void apply(String yaml) {
        BuilderFarmConfiguration.get().replaceBy(draft(yaml));
    }

    private static BuilderFarmConfiguration draft(String yaml) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        requirePossible();
        BuilderFarmConfiguration draft = BuilderFarmConfiguration.get().draft();
        FarmYaml.read(yaml, draft);
        return draft;
    }

    /**
     * @param changes by item
     * @param warnings what would become of machines whose host type goes, and what would not fit together
     */
    public record Preview(List<ItemChange> changes, List<String> warnings) {
        public Preview {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }
    }
}
