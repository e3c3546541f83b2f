package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** Attempts to get code onto host types of one kind that mustn't run it, and what stopped each. */
final class Attempts {
    private record Row(String attempt, String stopped, String said) {}

    private final String kind;
    private final List<Row> rows = new ArrayList<>();

    /** @param kind of host types, for the table's title */
    Attempts(String kind) {
        this.kind = kind;
    }

    /** The job waits in the queue for exactly that reason, and no machine was leased although one is idle. */
    void keptInTheQueue(String attempt, Job<?, ?> job, String reason) throws Exception {
        PretendMachines.await(() -> why(job).contains(reason));
        // Whatever wakes the matcher must not make it lease one after all.
        for (int i = 0; i < 5; i++) {
            Queue.getInstance().maintain();
            LeaseMatcher.get().wake();
        }
        PretendMachines.await(() -> LeaseMatcher.get().served().isEmpty());
        assertThat(why(job)).contains(reason);
        assertThat(PretendMachines.nodes()).as(attempt).isEmpty();
        assertThat(PretendMachines.count(MachineState.IDLE)).as("idle machines").isPositive();
        add(attempt, "queue, before any lease", why(job));
    }

    /** As above, where something else does get a machine. */
    void keptInTheQueueBeside(String attempt, Job<?, ?> job, String reason) throws Exception {
        PretendMachines.await(() -> why(job).contains(reason));
        assertThat(LeaseMatcher.get().served())
                .noneMatch(want -> Queue.getInstance().getItem(want.item()).task.getOwnerTask() == job);
        add(attempt, "queue, before any lease", why(job));
    }

    void add(String attempt, String stopped, String said) {
        rows.add(new Row(attempt, stopped, said));
    }

    /** Asked from Awaitility's thread too, which is nobody. */
    static String why(Job<?, ?> job) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            for (Queue.Item item : Jenkins.get().getQueue().getItems()) {
                if (item.task.getOwnerTask() == job) {
                    return String.valueOf(item.getWhy());
                }
            }
            return "not in the queue";
        }
    }

    /** Keeps the table in target/trust-attempts, from where {@code make test} prints all of them at its end. */
    void print() throws IOException {
        StringBuilder table = new StringBuilder(
                "Attempts to get unreviewed code onto a reviewed-only host type " + kind + ": " + rows.size() + "\n");
        rows.forEach(row -> table.append("| " + row.attempt + " | " + row.stopped + " | " + row.said + " |\n"));
        Path directory = Files.createDirectories(Path.of("target", "trust-attempts"));
        Files.writeString(directory.resolve(kind.replaceAll("\\W+", "-") + ".txt"), table);
    }
}
