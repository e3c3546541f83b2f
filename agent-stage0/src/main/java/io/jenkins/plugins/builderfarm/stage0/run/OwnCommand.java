package io.jenkins.plugins.builderfarm.stage0.run;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program runs itself, or another of its jar: with the same Java. Stateless. */
public final class OwnCommand {
    private OwnCommand() {}

    /** With the same flags to Java, as its owner chose them. */
    public static List<String> with(Class<?> main, List<String> arguments) {
        return with(ManagementFactory.getRuntimeMXBean().getInputArguments(), main, arguments);
    }

    /**
     * @param jvmFlags for Java
     * @param arguments of the program
     */
    static List<String> with(List<String> jvmFlags, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
