package io.jenkins.plugins.builderfarm.testbed.bench;

import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.demo.DemoFarm;
import io.jenkins.plugins.builderfarm.testbed.jenkins.Cli;
import io.jenkins.plugins.builderfarm.testbed.jenkins.LocalJenkins;
import io.jenkins.plugins.builderfarm.testbed.jenkins.Machines;
import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.MachineHome;
import io.jenkins.plugins.builderfarm.testbed.program.ManagedProcess;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs a bare agent and a machine of ours, one after the other, against one Jenkins. */
final class SideBySide {
    private static final int MEMORY_SAMPLES = 10;
    private static final long MEMORY_PAUSE_MILLIS = 500;
    private static final long SETTLE_MILLIS = 3000;

    private final LocalJenkins jenkins;
    private final DemoFarm farm;
    private final Path directory;
    private final int rounds;
    private final Machines machines;
    private final BuilderKey key;
    private final BareAgent bare;
    private final TimedJob bareJob;
    private final TimedJob job;

    SideBySide(LocalJenkins jenkins, DemoFarm farm, Path directory, String builder, int rounds)
            throws IOException, InterruptedException, TimeoutException {
        this.jenkins = jenkins;
        this.farm = farm;
        this.directory = directory;
        this.rounds = rounds;
        machines = new Machines(jenkins.client());
        key = new Cli(jenkins, directory)
                .run("builder-farm-key", DemoFarm.HOST_TYPE.value()).stream()
                        .filter(line -> line.startsWith("bfk1:"))
                        .map(BuilderKey::parse)
                        .findFirst()
                        .orElseThrow();
        bare = new BareAgent(jenkins, directory);
        bareJob = TimedJob.create(jenkins.client(), "bare", BareAgent.LABEL);
        job = TimedJob.create(jenkins.client(), "ours", builder);
    }

    Measured measure(String name, ControllerUrl url) throws Exception {
        Measured measured = new Measured();
        measureBare(url, measured);
        measureOurs(new MachineId(DemoFarm.HOST_TYPE, new Hostname(name)), url, measured);
        return measured;
    }

    private void measureBare(ControllerUrl url, Measured measured) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            try (ManagedProcess agent = bare.start(url, measured.bareStart)) {
                if (round == rounds - 1) {
                    measured.bareIdle = settled(agent::tree);
                    bareJob.build(new Samples()); // the first build loads classes
                    for (int build = 0; build < rounds; build++) {
                        bareJob.build(measured.bareBuild);
                    }
                    bareJob.startLong();
                    measured.bareBusy = highest(agent::tree);
                }
            }
            bare.awaitOffline();
        }
    }

    private void measureOurs(MachineId id, ControllerUrl url, Measured measured) throws Exception {
        MachineHome home = new MachineHome(directory.resolve(id.hostname().value()), id, key);
        try (Supervisor machine = home.start(url, farm.publishing(), new Lines())) {
            awaitState(id, "IDLE");
            measured.idle = settled(machine::tree);
            for (int build = 0; build < rounds; build++) {
                job.buildAndComeBack(measured.noSpare, measured.back, build);
            }
            job.startLong();
            measured.busy = highest(machine::tree);
            spares(1);
            for (int build = 0; build < rounds; build++) {
                awaitState(id, "SPARE");
                TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS); // its channel is warmed
                job.build(measured.spare);
            }
            spares(0);
            awaitState(id, "IDLE");
        }
    }

    private void awaitState(MachineId id, String state) throws Exception {
        machines.await(id, "to be " + state, machine -> isIn(machine, state));
    }

    private static boolean isIn(JsonObject machine, String state) {
        return Machines.text(machine, "state").equals(state);
    }

    private void spares(int count) throws IOException, InterruptedException {
        jenkins.client().script("""
                def configuration = io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration.get()
                configuration.hostTypes[0].source.spares = @count@
                configuration.hostTypes = new ArrayList(configuration.hostTypes)
                """.replace("@count@", String.valueOf(count)));
    }

    private static double settled(Supplier<List<ProcessHandle>> processes) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        return Resident.megabytes(processes.get());
    }

    private static double highest(Supplier<List<ProcessHandle>> processes) throws IOException, InterruptedException {
        double highest = 0;
        for (int i = 0; i < MEMORY_SAMPLES; i++) {
            highest = Math.max(highest, Resident.megabytes(processes.get()));
            TimeUnit.MILLISECONDS.sleep(MEMORY_PAUSE_MILLIS);
        }
        return highest;
    }
}
