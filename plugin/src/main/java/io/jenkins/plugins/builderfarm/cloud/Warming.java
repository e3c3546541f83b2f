package io.jenkins.plugins.builderfarm.cloud;

import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import hudson.util.StreamTaskListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Does on a spare what every build does first, harmlessly. The agent loads the classes for that now, over some 110 round
 * trips, and not when the build comes.
 */
@Extension
public final class Warming extends ComputerListener {
    private static final Logger LOGGER = Logger.getLogger(Warming.class.getName());
    private static final Set<String> AWAITED = ConcurrentHashMap.newKeySet();

    /** The node was made as a spare: its agent is warmed once it is there. */
    static void whenOnline(LeasedNode node) {
        AWAITED.add(node.getNodeName());
        Computer computer = node.toComputer();
        if (computer != null && computer.isOnline()) {
            start(computer);
        }
    }

    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        start(computer);
    }

    private static void start(Computer computer) {
        if (AWAITED.remove(computer.getName())) {
            Computer.threadPoolForRemoting.execute(() -> warm(computer));
        }
    }

    private static void warm(Computer computer) {
        LeasedNode node = computer instanceof LeasedComputer leased ? leased.getNode() : null;
        if (node == null) {
            return;
        }
        try {
            run(computer, node);
        } catch (IOException | RuntimeException e) {
            // A build that came in between may be over already, and the node gone; or the machine is, and others say
            // so.
            LOGGER.log(Level.FINE, e, () -> "Could not warm " + computer.getName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Computer computer, LeasedNode node) throws IOException, InterruptedException {
        FilePath root = node.getRootPath();
        if (root == null) {
            return;
        }
        FilePath directory = root.child("warm-up");
        directory.mkdirs();
        try (StreamTaskListener listener =
                new StreamTaskListener(OutputStream.nullOutputStream(), StandardCharsets.UTF_8)) {
            Launcher launcher = node.createLauncher(listener);
            EnvVars environment = computer.getEnvironment();
            for (WarmUp warmUp : ExtensionList.lookup(WarmUp.class)) {
                warmUp.run(directory, launcher, environment, listener);
            }
        } finally {
            directory.deleteRecursive();
        }
    }
}
