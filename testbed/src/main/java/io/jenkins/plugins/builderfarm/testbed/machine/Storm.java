package io.jenkins.plugins.builderfarm.testbed.machine;

import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Machines that dial at once, and what becomes of them. */
final class Storm {
    /** The status file can't be written. */
    static final int EXIT_IO = 74;

    private final List<WebSocketMachine> machines;
    private final StormCounts counts = new StormCounts();
    /** Null: none. */
    private final Path statusFile;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final HttpClient client = HttpClient.newBuilder().executor(timer).build();
    private final long start = System.nanoTime();

    Storm(ControllerUrl controller, List<SimulatedMachine> machines, Path statusFile) {
        this.machines = machines.stream()
                .map(machine -> new WebSocketMachine(machine, controller, client, timer, counts))
                .toList();
        this.statusFile = statusFile;
    }

    /** @return the exit code */
    int run(Duration timeout, boolean once) throws InterruptedException {
        System.out.println("storm: " + machines.size() + " machines dial");
        machines.forEach(machine -> timer.execute(machine::dial));
        long lastMillis = timeout.toMillis();
        boolean allWereIn = false;
        while (true) {
            long in = in();
            try {
                writeStatus(in);
            } catch (IOException e) {
                System.err.println("storm: status file " + statusFile + ": " + e);
                return EXIT_IO;
            }
            if (!allWereIn && in == machines.size()) {
                allWereIn = true;
                System.out.println("storm: " + summary(in));
                if (once) {
                    return 0;
                }
            }
            if (!allWereIn && millis() > lastMillis) {
                System.err.println("storm: time is up: " + summary(in));
                return MachineStorm.EXIT_NOT_IN;
            }
            TimeUnit.MILLISECONDS.sleep(once ? 50 : 1000);
        }
    }

    private long in() {
        return machines.stream()
                .map(machine -> machine.machine().state())
                .filter(state -> state == SimulatedMachine.State.WAITING || state == SimulatedMachine.State.LEASED)
                .count();
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private String summary(long in) {
        return String.format(
                "%d of %d in after %.1f s; %d dials, %d told to come later, %d unreachable, %d refused, %d lost",
                in,
                machines.size(),
                millis() / 1000.0,
                counts.dials.get(),
                counts.busy.get(),
                counts.unreachable.get(),
                counts.refused.get(),
                counts.lost.get());
    }

    /** In one step: whoever reads it never gets half of it. */
    private void writeStatus(long in) throws IOException {
        if (statusFile == null) {
            return;
        }
        JsonObject json = new JsonObject();
        json.addProperty("machines", machines.size());
        json.addProperty("in", in);
        json.addProperty("millis", millis());
        json.addProperty("dials", counts.dials.get());
        json.addProperty("busy", counts.busy.get());
        json.addProperty("unreachable", counts.unreachable.get());
        json.addProperty("refused", counts.refused.get());
        json.addProperty("lost", counts.lost.get());
        Path temporary = statusFile.resolveSibling(statusFile.getFileName() + ".tmp");
        Files.writeString(temporary, json + "\n");
        Files.move(temporary, statusFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
