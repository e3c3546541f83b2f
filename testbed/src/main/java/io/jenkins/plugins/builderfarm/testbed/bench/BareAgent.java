package io.jenkins.plugins.builderfarm.testbed.bench;

import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.testbed.jenkins.LocalJenkins;
import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.MachineHome;
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
import java.util.concurrent.TimeUnit;

/** What Jenkins has by itself: a permanent node, and {@code java -jar agent.jar} with the same JVM flags as ours. */
final class BareAgent {
    static final String LABEL = "bare";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String NEW_NODE = """
            import hudson.model.*; import hudson.slaves.*; import jenkins.model.*
            def node = new DumbSlave('bare', '%s', new JNLPLauncher())
            node.numExecutors = 1; node.labelString = 'bare'; node.mode = Node.Mode.EXCLUSIVE
            node.retentionStrategy = RetentionStrategy.INSTANCE
            Jenkins.get().addNode(node)
            println Jenkins.get().getComputer('bare').jnlpMac
            """;

    private final LocalJenkins jenkins;
    private final Path directory;
    private final Path jar;
    private final Path secret;

    /** Makes the node; the agent isn't started yet. */
    BareAgent(LocalJenkins jenkins, Path parent) throws IOException, InterruptedException {
        this.jenkins = jenkins;
        this.directory = Secrets.directory(parent.resolve("bare"));
        this.jar = directory.resolve("agent.jar");
        try (InputStream in =
                jenkins.url().resolve("jnlpJars/agent.jar").toURL().openStream()) {
            Files.copy(in, jar);
        }
        String mac = jenkins.client()
                .script(NEW_NODE.replace("%s", directory.resolve("work").toString()));
        this.secret = Secrets.write(directory.resolve("secret"), mac);
    }

    /** Starts the agent, and returns once Jenkins has it online; {@code samples} gets how long that took. */
    ManagedProcess start(ControllerUrl url, Samples samples) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Programs.java().toString()));
        command.addAll(MachineHome.JVM_FLAGS);
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "-url",
                url.toString(),
                "-webSocket",
                "-name",
                LABEL,
                "-secret",
                "@" + secret,
                "-workDir",
                directory.resolve("work").toString()));
        long begin = System.currentTimeMillis();
        ManagedProcess agent = ManagedProcess.start(command, Map.of(), directory, new Lines());
        // The controller's clock is this one; it looks every millisecond, as it does for ours.
        String online = jenkins.client().script("""
                def c = jenkins.model.Jenkins.get().getComputer('bare')
                def end = System.currentTimeMillis() + %d
                while (!c.online && System.currentTimeMillis() < end) Thread.sleep(1)
                println(c.online ? System.currentTimeMillis() : 'never')
                """.replace("%d", String.valueOf(LIMIT.toMillis())));
        if (online.equals("never")) {
            agent.close();
            throw new IOException(
                    "the bare agent did not come online: " + agent.lines().all());
        }
        samples.add(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(online) - begin));
        return agent;
    }

    /** Waits until Jenkins has noticed that the agent is gone. */
    void awaitOffline() throws IOException, InterruptedException {
        jenkins.client().script("""
                def c = jenkins.model.Jenkins.get().getComputer('bare')
                while (c.online) Thread.sleep(10)
                """);
    }
}
