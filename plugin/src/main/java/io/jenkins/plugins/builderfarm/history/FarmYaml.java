package io.jenkins.plugins.builderfarm.history;

import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.casc.Attribute;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.casc.yaml.YamlUtils;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The configuration as the YAML of configuration as code. Only to be touched where that plugin is there. Stateless. */
final class FarmYaml {
    private static final String ROOT = "unclassified";
    private static final String FARM = "builderFarm";

    private FarmYaml() {}

    static String write(BuilderFarmConfiguration farm) {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        Mapping root = new Mapping();
        root.put(FARM, new FarmConfigurator(() -> farm).describe(farm, context));
        Mapping document = new Mapping();
        document.put(ROOT, root);
        return YamlText.of(document);
    }

    /**
     * Changes the draft as the YAML says.
     *
     * @throws IllegalArgumentException if it is no YAML, says something about more than the farm, or something wrong; it
     *     names the line
     */
    static void read(String yaml, BuilderFarmConfiguration draft) {
        try {
            ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
            Mapping document = YamlUtils.loadFrom(List.of(YamlSource.of(new Input(yaml))), context);
            CNode farm = only(FARM, only(ROOT, document).asMapping());
            FarmConfigurator configurator = new FarmConfigurator(() -> draft);
            requireKnown(configurator, farm.asMapping());
            configurator.configure(farm.asMapping(), context);
        } catch (ConfiguratorException e) {
            throw new IllegalArgumentException(message(e), e);
        } catch (ClassCastException e) {
            throw new IllegalArgumentException("this is not the YAML of a configuration: it has no keys", e);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            // SnakeYAML's: its message says line and column, over several lines.
            throw new IllegalArgumentException("this is no YAML: " + e.getMessage(), e);
        }
    }

    /** Configuration as code refuses them too, but doesn't say where they are. */
    private static void requireKnown(FarmConfigurator configurator, Mapping farm) {
        Set<String> known =
                configurator.describe().stream().map(Attribute::getName).collect(Collectors.toCollection(TreeSet::new));
        farm.forEach((key, node) -> {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        "there is no '" + key + "'" + node.getSourceLocation() + "; there are " + known);
            }
        });
    }

    private static CNode only(String key, Mapping mapping) {
        mapping.forEach((other, node) -> {
            if (!other.equals(key)) {
                throw new IllegalArgumentException(
                        "only '" + key + "' may stand here, not '" + other + "'" + node.getSourceLocation());
            }
        });
        CNode node = mapping.get(key);
        if (node == null) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        return node;
    }

    /** Errors name their place by the source's name and the line's number. */
    private static final class Input extends ByteArrayInputStream {
        Input(String yaml) {
            super(yaml.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "line";
        }
    }

    /** What each of the exceptions says that the one around it doesn't say. */
    private static String message(Throwable thrown) {
        StringBuilder message = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String text = cause.getMessage();
            if (text != null && message.indexOf(text) < 0) {
                message.append(message.isEmpty() ? "" : ": ").append(text);
            }
        }
        return message.toString();
    }
}
