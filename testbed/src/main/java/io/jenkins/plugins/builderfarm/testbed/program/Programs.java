package io.jenkins.plugins.builderfarm.testbed.program;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The programs that this build made. */
public enum Programs {
    BUCKET,
    BUILDLET,
    PUBLISHER,
    STAGE0;

    /**
     * The program's self-contained jar.
     *
     * @throws IllegalStateException if the build has not got that far
     */
    public Path jar() {
        return existing(target().resolve("programs").resolve(name().toLowerCase(Locale.ROOT) + ".jar"));
    }

    /**
     * A jar that stands in for Jenkins's agent: it says that it is connected, and works until it is stopped. It is made of
     * this module's tests, since its classes have remoting's names.
     *
     * @throws IllegalStateException if the build has left the tests' classes out
     */
    public static Path standInAgent() {
        return existing(target().resolve("testbed-agent.jar"));
    }

    /** A command that starts the program with this JVM's own Java. */
    public List<String> command(List<String> jvmFlags, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-jar", jar().toString()));
        command.addAll(flags);
        return command;
    }

    /** A command that starts one of this module's own programs. */
    public static List<String> testbed(Class<?> program, List<String> flags) {
        List<String> command = new ArrayList<>(List.of(
                java().toString(),
                "-cp",
                existing(target().resolve("testbed.jar")).toString(),
                program.getName()));
        command.addAll(flags);
        return command;
    }

    /** The Java that runs this JVM. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Both the packaged jar and the folder of classes lie in the module's target folder. */
    private static Path target() {
        try {
            Path classes = Path.of(Programs.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.toAbsolutePath().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path existing(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is not there: run mvn package first");
        }
        return file;
    }
}
