package io.jenkins.plugins.builderfarm.testbed.jenkins;

import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.ManagedProcess;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import io.jenkins.plugins.builderfarm.testbed.program.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Jenkins's command line, as its documentation has it: the jar from the controller, the password in a file. */
public final class Cli {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final LocalJenkins jenkins;
    private final Path directory;
    private final Path jar;
    private final Path login;

    /** @param directory private, for the jar and the login */
    public Cli(LocalJenkins jenkins, Path directory) throws IOException {
        this.jenkins = jenkins;
        this.directory = directory;
        this.jar = directory.resolve("jenkins-cli.jar");
        this.login = Secrets.write(
                directory.resolve("jenkins-login"), "admin:" + jenkins.client().password());
        try (InputStream in =
                jenkins.url().resolve("jnlpJars/jenkins-cli.jar").toURL().openStream()) {
            Files.copy(in, jar);
        }
    }

    /**
     * What the command printed.
     *
     * @throws IOException if it ended with anything else than 0
     */
    public List<String> run(String... command) throws IOException, InterruptedException, TimeoutException {
        List<String> all = new ArrayList<>(List.of(
                Programs.java().toString(),
                "-jar",
                jar.toString(),
                "-s",
                jenkins.url().toString(),
                "-auth",
                "@" + login));
        all.addAll(List.of(command));
        try (ManagedProcess process = ManagedProcess.start(all, Map.of(), directory, new Lines())) {
            int code = process.awaitExit(LIMIT);
            if (code != 0) {
                throw new IOException("jenkins-cli " + command[0] + " ended with " + code + ": "
                        + String.join("\n", process.lines().all()));
            }
            return process.lines().all();
        }
    }
}
