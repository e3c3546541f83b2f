package io.jenkins.plugins.builderfarm.stage0.run;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program runs itself: with the same Java, and the same flags to it, as its owner chose. */
public final class OwnCommand {
    private OwnCommand() {}

    /** @param arguments of the program */
    public static List<String> with(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
