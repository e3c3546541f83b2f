package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.config.FarmSettings;
import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.controller.BucketReleases;
import io.jenkins.plugins.builderfarm.testbed.controller.LoopbackController;
import io.jenkins.plugins.builderfarm.testbed.controller.LoopbackSetup;
import io.jenkins.plugins.builderfarm.testbed.program.BucketProcess;
import io.jenkins.plugins.builderfarm.testbed.program.JarVersions;
import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.MachineHome;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import io.jenkins.plugins.builderfarm.testbed.program.Publishing;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/** A whole farm without a Jenkins: a bucket with a first release, a controller, and as many machines as a test wants. */
final class Farm implements AutoCloseable {
    static final HostTypeName TYPE = new HostTypeName("host-test-board");
    static final HostTypeName OTHER_TYPE = new HostTypeName("host-test-server");
    static final String FIRST_RELEASE = "1.0";
    static final Duration LIMIT = Duration.ofSeconds(120);
    /** Ample for machines that are slow. */
    static final Duration FETCH = Duration.ofSeconds(60);

    private static final MasterKey MASTER = MasterKey.of("a farm's tests".getBytes(StandardCharsets.UTF_8));

    private final Path directory;
    private final Runnable closeBucket;
    private final Publishing publishing;
    private final BucketReleases releases;
    private final LoopbackSetup setup;
    private final Deque<Supervisor> machines = new ArrayDeque<>();
    private final int port;
    private LoopbackController controller;

    private Farm(Path directory, UnaryOperator<LoopbackSetup> change) throws Exception {
        this(directory, BucketProcess.start(directory.resolve("bucket"), 0), change);
    }

    private Farm(Path directory, BucketProcess bucket, UnaryOperator<LoopbackSetup> change) throws Exception {
        this(directory, bucket::close, Publishing.withNewKey(bucket.endpoint(), directory), change);
        publishing.init(JarVersions.stamp(Programs.BUILDLET.jar(), FIRST_RELEASE, directory.resolve("first.jar")));
    }

    private Farm(Path directory, Runnable closeBucket, Publishing publishing, UnaryOperator<LoopbackSetup> change)
            throws Exception {
        this.directory = directory;
        this.closeBucket = closeBucket;
        this.publishing = publishing;
        releases = new BucketReleases(publishing.folder(), List.of(publishing.releaseKey()));
        setup = change.apply(LoopbackSetup.of(MASTER, HostTypeSettings.of(TYPE), HostTypeSettings.of(OTHER_TYPE))
                .withReleases(releases));
        controller = LoopbackController.start(setup);
        port = controller.port();
    }

    /** The controller serves a stand-in for Jenkins's agent.jar. */
    static Farm open(Path directory) throws Exception {
        return new Farm(directory, setup -> setup.withAgentJar(Programs.standInAgent()));
    }

    /** Likewise, with a bucket of the test's own that goes wrong; the controller asks it for nothing. */
    static Farm with(SpoilableBucket bucket, Path directory) throws Exception {
        return new Farm(
                directory,
                () -> {},
                Publishing.withKey(bucket.endpoint(), directory, SpoilableBucket.KEY),
                setup -> setup.withAgentJar(Programs.standInAgent()));
    }

    /** The controller names an agent.jar that it doesn't have. */
    static Farm withoutAgent(Path directory) throws Exception {
        return new Farm(directory, setup -> setup);
    }

    /** The controller serves a jar that is no agent. */
    static Farm withBrokenAgent(Path directory) throws Exception {
        return new Farm(directory, setup -> setup.withAgentJar(Programs.BUCKET.jar()));
    }

    Publishing publishing() {
        return publishing;
    }

    LoopbackController controller() {
        return controller;
    }

    /** Another controller takes this one's place, at the same address. */
    void restartController() throws Exception {
        stopController();
        startController();
    }

    /** Nobody listens any more. */
    void stopController() {
        controller.close();
    }

    /** Another controller listens where the last one did. */
    void startController() throws Exception {
        controller = LoopbackController.start(setup.withPort(port));
    }

    /** Machines may dial the controller by this address instead of its own. */
    void moveTo(ControllerUrl url) {
        controller.coordinator().configure(FarmSettings.of(setup.hostTypes(), Set.of(url)));
    }

    static BuilderKey key(HostTypeName hostType) {
        return key(hostType, BuilderKey.FIRST_GENERATION);
    }

    static BuilderKey key(HostTypeName hostType, int generation) {
        return BuilderKey.derive(MASTER, hostType, generation);
    }

    static MachineId board(String hostname) {
        return new MachineId(TYPE, new Hostname(hostname));
    }

    /** Switches a machine on that has the right key. */
    Supervisor machine(MachineId machine) throws IOException {
        return machine(machine.hostname().value(), machine, key(machine.hostType()));
    }

    /** Likewise, with this much patience for a fetch. */
    Supervisor machine(MachineId machine, Duration fetch) throws IOException {
        return machine(machine.hostname().value(), machine, key(machine.hostType()), fetch);
    }

    /** @param home the name of the machine's folder: two computers may claim one hostname */
    Supervisor machine(String home, MachineId machine, BuilderKey key) throws IOException {
        return machine(home, machine, key, FETCH);
    }

    private Supervisor machine(String home, MachineId machine, BuilderKey key, Duration fetch) throws IOException {
        Supervisor supervisor = new MachineHome(home(home), machine, key)
                .start(
                        controller.url(),
                        publishing,
                        new Lines(),
                        "-fetch-seconds=" + fetch.toSeconds(),
                        "-dial-seconds=60");
        machines.push(supervisor);
        return supervisor;
    }

    /**
     * Likewise, with more to its start.
     *
     * @param prefix a program that runs stage0's command; empty for none
     */
    Supervisor machine(
            MachineId machine, ControllerUrl url, List<String> prefix, List<String> jvmFlags, String... moreFlags)
            throws IOException {
        List<String> flags = new ArrayList<>(List.of("-fetch-seconds=60", "-dial-seconds=60"));
        flags.addAll(List.of(moreFlags));
        Supervisor supervisor = new MachineHome(home(machine.hostname().value()), machine, key(machine.hostType()))
                .start(prefix, jvmFlags, url, publishing, new Lines(), flags.toArray(String[]::new));
        machines.push(supervisor);
        return supervisor;
    }

    Path home(String home) {
        return directory.resolve("machine-" + home);
    }

    /** A release for everyone, of which the controller hears at once. */
    void publish(String version) throws Exception {
        publish(JarVersions.stamp(Programs.BUILDLET.jar(), version, directory.resolve(version + ".jar")));
    }

    /** Likewise one that can't start. */
    void publishBroken(String version) throws Exception {
        publish(JarVersions.broken(Programs.BUILDLET.jar(), version, directory.resolve(version + ".jar")));
    }

    private void publish(Path jar) throws Exception {
        publishing.publish(jar);
        releases.poll();
    }

    /** What the controller knows of a machine; empty if it never was in. */
    Optional<MachineView> view(MachineId machine) {
        return controller.coordinator().snapshot().machines().stream()
                .filter(view -> view.id().equals(machine))
                .findFirst();
    }

    MachineView await(MachineId machine, Predicate<MachineView> wanted) {
        try {
            return awaitView(machine, wanted);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    view(machine) + "\n" + controller.coordinator().refusals(), e);
        }
    }

    /** With the limit of these tests. */
    static ConditionFactory patiently() {
        return Awaitility.await().atMost(LIMIT);
    }

    void awaitFile(Path file) {
        patiently().until(() -> Files.exists(file));
    }

    private MachineView awaitView(MachineId machine, Predicate<MachineView> wanted) {
        return Awaitility.await()
                .atMost(LIMIT)
                .until(() -> view(machine), view -> view.filter(wanted).isPresent())
                .orElseThrow();
    }

    MachineView awaitIdle(MachineId machine) {
        return await(machine, view -> view.state() == MachineState.IDLE);
    }

    /** Idle, and running this buildlet. */
    MachineView awaitIdle(MachineId machine, String version) {
        return await(
                machine,
                view -> view.state() == MachineState.IDLE && buildlet(view).equals(version));
    }

    static String buildlet(MachineView view) {
        return view.facts().map(Facts::buildlet).map(Object::toString).orElse("");
    }

    /** A lease that the machine has taken, and whose agent isn't connected yet. */
    LeaseId lease(MachineId machine, String secret) {
        Lease lease = controller.coordinator().reserve(machine.hostType()).orElseThrow();
        assertThat(lease.machine()).isEqualTo(machine);
        assertThat(controller.coordinator().start(lease.id(), secret)).isTrue();
        await(machine, view -> view.state() == MachineState.STARTING);
        return lease.id();
    }

    /** Starts a build: a lease, its agent, and something that uses it. */
    LeaseId begin(MachineId machine, String secret) {
        LeaseId lease = lease(machine, secret);
        controller.coordinator().agentOnline(lease);
        controller.coordinator().used(lease);
        return lease;
    }

    /** What a job does: a lease, its agent, a build, the end. Returns when the machine is idle again. */
    MachineView build(MachineId machine) {
        LeaseId lease = begin(machine, "secret");
        long before = view(machine).orElseThrow().record().builds();
        controller.coordinator().release(lease);
        assertThat(before).isPositive();
        return awaitIdle(machine);
    }

    /** The refusal that an administrator sees, once there is one of this machine. */
    Refusal awaitRefusal(String machine) {
        return Awaitility.await()
                .atMost(LIMIT)
                .until(
                        () -> controller.coordinator().refusals().stream()
                                .filter(refusal -> refusal.machine().equals(machine))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        machines.forEach(Supervisor::close);
        controller.close();
        closeBucket.run();
    }
}
