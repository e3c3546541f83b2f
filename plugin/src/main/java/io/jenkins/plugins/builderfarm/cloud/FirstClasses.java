package io.jenkins.plugins.builderfarm.cloud;

import hudson.PluginWrapper;
import hudson.model.Computer;
import hudson.remoting.Channel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The classes that an agent asks for before a build's first line of output. One by one they are some 110 round trips, and
 * seconds on the other side of the world; together they are one, and a few hundred kilobytes.
 *
 * <p>The list names what was seen with the Jenkins that this plugin is built against. Of another version some are missing,
 * and are left out; some are new, and are asked for as ever. Thread-safe.
 */
final class FirstClasses {
    private static final Logger LOGGER = Logger.getLogger(FirstClasses.class.getName());
    private static final String LIST = "first-classes.txt";
    private static final String CORE = "core";

    private FirstClasses() {}

    /** Made once, when the first agent comes: by then every plugin has its class loader. */
    private static final class Packs {
        static final List<ClassPack> ALL = make();

        private static List<ClassPack> make() {
            try {
                return pack();
            } catch (IOException | RuntimeException e) {
                // Such as a full disk. Agents then ask for each class, which is slow and works.
                LOGGER.log(Level.WARNING, e, () -> "The classes that agents need first can't be packed");
                return List.of();
            }
        }

        private static List<ClassPack> pack() throws IOException {
            List<ClassPack> packs = new ArrayList<>();
            for (Map.Entry<String, List<String>> listed : read().entrySet()) {
                ClassLoader loader = loaderOf(listed.getKey());
                if (loader != null) {
                    ClassPack.of(listed.getKey(), loader, listed.getValue()).ifPresent(packs::add);
                }
            }
            return packs;
        }
    }

    /**
     * Sends Jenkins's own, and then the plugins', which nothing asks for before a build, on a thread of their own.
     *
     * @throws IOException if the channel fails
     */
    static void send(Channel channel) throws IOException, InterruptedException {
        List<ClassPack> plugins = new ArrayList<>();
        for (ClassPack pack : packs()) {
            if (pack.owner().equals(CORE)) {
                pack.send(channel);
            } else {
                plugins.add(pack);
            }
        }
        Computer.threadPoolForRemoting.execute(() -> sendAll(plugins, channel));
    }

    private static void sendAll(List<ClassPack> packs, Channel channel) {
        try {
            for (ClassPack pack : packs) {
                pack.send(channel);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Could not send a plugin's first classes to " + channel.getName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static List<ClassPack> packs() {
        return Packs.ALL;
    }

    private static ClassLoader loaderOf(String owner) {
        if (owner.equals(CORE)) {
            return Jenkins.class.getClassLoader();
        }
        PluginWrapper plugin = Jenkins.get().getPluginManager().getPlugin(owner);
        return plugin != null && plugin.isActive() ? plugin.classLoader : null;
    }

    /** By owner, core or a plugin's short name: {@code [owner]} before its classes' names, a line each. */
    static Map<String, List<String>> read() throws IOException {
        Map<String, List<String>> byOwner = new LinkedHashMap<>();
        try (InputStream in = FirstClasses.class.getResourceAsStream(LIST);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<String> names = List.of();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("[")) {
                    names = byOwner.computeIfAbsent(line.substring(1, line.length() - 1), owner -> new ArrayList<>());
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    names.add(line);
                }
            }
        }
        return byOwner;
    }
}
