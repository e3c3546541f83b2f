package io.jenkins.plugins.builderfarm.testbed.jenkins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a Jenkins is made of, as Maven collected it.
 *
 * @param plugins hpi files: this project's plugin and all that it needs
 */
public record Distribution(Path war, List<Path> plugins) {
    private static final String OURS = "builder-farm.hpi";
    private static final String SUFFIX = ".hpi";

    public Distribution {
        plugins = List.copyOf(plugins);
    }

    /** @throws IOException if the war or this project's plugin is not there */
    public static Distribution of(Path war, Path pluginFolder) throws IOException {
        if (!Files.isRegularFile(war)) {
            throw new IOException(war + " is not there");
        }
        if (!Files.isRegularFile(pluginFolder.resolve(OURS))) {
            throw new IOException(pluginFolder.resolve(OURS) + " is not there");
        }
        try (Stream<Path> files = Files.list(pluginFolder)) {
            return new Distribution(
                    war,
                    files.filter(file -> file.toString().endsWith(SUFFIX))
                            .sorted()
                            .toList());
        }
    }

    /** Puts the plugins where a Jenkins looks for them. */
    void install(Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("plugins"));
        for (Path plugin : plugins) {
            String name = plugin.toFile().getName();
            String id = name.substring(0, name.length() - SUFFIX.length());
            Files.copy(plugin, folder.resolve(id + ".jpi"));
        }
    }
}
