package io.jenkins.plugins.builderfarm.testbed.bench;

import io.jenkins.plugins.builderfarm.bucket.BucketServer;
import io.jenkins.plugins.builderfarm.bucket.RecordedRequest;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.controller.LoopbackController;
import io.jenkins.plugins.builderfarm.testbed.controller.LoopbackSetup;
import io.jenkins.plugins.builderfarm.testbed.program.BucketProcess;
import io.jenkins.plugins.builderfarm.testbed.program.JarVersions;
import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.MachineHome;
import io.jenkins.plugins.builderfarm.testbed.program.ManagedProcess;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import io.jenkins.plugins.builderfarm.testbed.program.Publishing;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Times of one machine at a time, whose stage0 and buildlet are processes. Its bucket and its controller are servers in
 * this JVM, where requests can be counted and the machine's state be seen within a millisecond. Not thread-safe.
 */
final class MachineCosts implements AutoCloseable {
    private static final HostTypeName TYPE = new HostTypeName("host-linux-bench");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MASTER_KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    final Samples stage0Start = new Samples();
    final Samples buildletStart = new Samples();
    final Samples firstStart = new Samples();
    final Samples start = new Samples();
    final Samples back = new Samples();
    final Samples ending = new Samples();
    final TreeSet<Integer> answers = new TreeSet<>();
    long mostRequests;
    long mostReceived;
    long mostSent;

    /** MB of {@code -loop} after its first lease and after its last: the process that waits, the one that works. */
    double[] loopBefore = {Double.NaN, Double.NaN};

    double[] loopAfter = {Double.NaN, Double.NaN};

    private final Path directory;
    private final MasterKey master;
    private final BucketServer bucket;
    private final Publishing publishing;
    private final LoopbackController controller;

    private MachineCosts(
            Path directory,
            MasterKey master,
            BucketServer bucket,
            Publishing publishing,
            LoopbackController controller) {
        this.directory = directory;
        this.master = master;
        this.bucket = bucket;
        this.publishing = publishing;
        this.controller = controller;
    }

    /** @param directory is there, and nothing that matters is in it */
    static MachineCosts prepare(Path directory) throws Exception {
        BucketServer bucket = BucketServer.builder().buckets(BucketProcess.NAME).start();
        Publishing publishing = Publishing.withNewKey(bucket.endpoint(), directory);
        publishing.init(JarVersions.stamp(Programs.BUILDLET.jar(), "1.0", directory.resolve("buildlet-1.0.jar")));
        byte[] secret = new byte[MASTER_KEY_BYTES];
        RANDOM.nextBytes(secret);
        MasterKey master = MasterKey.of(secret);
        LoopbackController controller = LoopbackController.start(
                LoopbackSetup.of(master, HostTypeSettings.of(TYPE)).withAgentJar(Programs.standInAgent()));
        return new MachineCosts(directory, master, bucket, publishing, controller);
    }

    /** What Java takes to start each program and to end it. */
    void startJars() throws IOException, InterruptedException, TimeoutException {
        startJar(Programs.STAGE0, stage0Start);
        startJar(Programs.BUILDLET, buildletStart);
    }

    private void startJar(Programs program, Samples samples)
            throws IOException, InterruptedException, TimeoutException {
        long begin = System.nanoTime();
        try (ManagedProcess process = ManagedProcess.start(
                program.command(MachineHome.JVM_FLAGS, List.of("-version")), Map.of(), directory, new Lines())) {
            int code = process.awaitExit(LIMIT);
            if (code != 0) {
                throw new IOException(program + " -version ended with " + code);
            }
        }
        samples.add(System.nanoTime() - begin);
    }

    /** A machine that has never been on, then the same one switched on again. */
    void startMachine(int number) throws IOException, InterruptedException, TimeoutException {
        MachineId id = new MachineId(TYPE, new Hostname("new" + number));
        MachineHome home = home(id);
        firstStart.add(startUntilIdle(home));
        awaitGone(id);
        start.add(startUntilIdle(home));
        awaitGone(id);
    }

    private MachineHome home(MachineId id) throws IOException {
        return new MachineHome(
                directory.resolve(id.hostname().value()),
                id,
                BuilderKey.derive(master, TYPE, BuilderKey.FIRST_GENERATION));
    }

    private long startUntilIdle(MachineHome home) throws InterruptedException, TimeoutException {
        long begin = System.nanoTime();
        try (Supervisor machine = home.start(controller.url(), publishing, new Lines())) {
            await(home.machine(), MachineState.IDLE, machine.lines());
            return System.nanoTime() - begin;
        }
    }

    private void awaitGone(MachineId id) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (controller.coordinator().snapshot().machines().stream()
                .anyMatch(view -> view.id().equals(id) && view.connected())) {
            pause(end, "to be gone", new Lines());
        }
    }

    /** One machine that is leased, builds nothing, and comes back, over and over. */
    void leaseAgainAndAgain(int rounds) throws IOException, InterruptedException, TimeoutException {
        MachineId id = new MachineId(TYPE, new Hostname("busy"));
        AtomicLong ended = new AtomicLong();
        Lines lines = new Lines(line -> {
            if (line.startsWith("supervisor: exit")) {
                ended.set(System.nanoTime());
            }
        });
        try (Supervisor machine = home(id).start(controller.url(), publishing, lines)) {
            await(id, MachineState.IDLE, machine.lines());
            for (int round = 0; round < rounds; round++) {
                LeaseId lease = lease(id, machine.lines());
                bucket.forgetRequests();
                long begin = System.nanoTime();
                controller.coordinator().release(lease);
                await(id, MachineState.IDLE, machine.lines());
                back.add(System.nanoTime() - begin);
                ending.add(ended.get() - begin);
                count(bucket.requests());
            }
        }
    }

    /** A machine without a supervisor, leased over and over. */
    void leaseInALoop(int leases) throws IOException, InterruptedException, TimeoutException {
        MachineId id = new MachineId(TYPE, new Hostname("loop"));
        try (Supervisor machine = home(id).start(controller.url(), publishing, new Lines(), "-loop")) {
            await(id, MachineState.IDLE, machine.lines());
            for (int i = 1; i <= leases; i++) {
                controller.coordinator().release(lease(id, machine.lines()));
                await(id, MachineState.IDLE, machine.lines());
                if (i == 1) {
                    loopBefore = resident(machine.tree());
                }
            }
            loopAfter = resident(machine.tree());
            if (machine.starts() != 1) {
                throw new IOException("the loop has ended: " + machine.lines().all());
            }
        }
    }

    private static double[] resident(List<ProcessHandle> tree) throws IOException {
        return new double[] {Resident.megabytes(tree.subList(0, 1)), Resident.megabytes(tree.subList(1, tree.size()))};
    }

    private LeaseId lease(MachineId id, Lines lines) throws InterruptedException, TimeoutException {
        LeaseId lease = controller.coordinator().reserve(TYPE).orElseThrow().id();
        controller.coordinator().start(lease, "a secret");
        await(id, MachineState.STARTING, lines);
        controller.coordinator().agentOnline(lease);
        controller.coordinator().used(lease);
        return lease;
    }

    private void count(List<RecordedRequest> requests) {
        mostRequests = Math.max(mostRequests, requests.size());
        requests.forEach(request -> answers.add(request.status()));
        mostReceived = Math.max(
                mostReceived,
                requests.stream().mapToLong(RecordedRequest::bytesReceived).sum());
        mostSent = Math.max(
                mostSent,
                requests.stream().mapToLong(RecordedRequest::bytesSent).sum());
    }

    private void await(MachineId id, MachineState state, Lines lines) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (controller.coordinator().snapshot().machines().stream()
                .noneMatch(view -> view.id().equals(id) && view.state() == state)) {
            pause(end, "to be " + state, lines);
        }
    }

    private static void pause(long end, String what, Lines lines) throws InterruptedException, TimeoutException {
        if (System.nanoTime() > end) {
            throw new TimeoutException(
                    "waited in vain for the machine " + what + "; it said:\n" + String.join("\n", lines.all()));
        }
        TimeUnit.NANOSECONDS.sleep(LOOK_NANOS);
    }

    @Override
    public void close() throws IOException {
        controller.close();
        bucket.close();
    }
}
