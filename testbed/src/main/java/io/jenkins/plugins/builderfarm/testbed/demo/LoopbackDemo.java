package io.jenkins.plugins.builderfarm.testbed.demo;

import io.jenkins.plugins.builderfarm.coordinator.config.HostTypeSettings;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.testbed.Patience;
import io.jenkins.plugins.builderfarm.testbed.controller.BucketReleases;
import io.jenkins.plugins.builderfarm.testbed.controller.LoopbackController;
import io.jenkins.plugins.builderfarm.testbed.controller.LoopbackSetup;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The farm without a Jenkins: a machine dials in, updates itself and comes back. It gets no build. */
final class LoopbackDemo {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SECOND_RELEASE = "1.1";
    private static final int MASTER_KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DemoFarm farm;
    private final int port;
    private final Narrator narrator;

    LoopbackDemo(DemoFarm farm, int port, Narrator narrator) {
        this.farm = farm;
        this.port = port;
        this.narrator = narrator;
    }

    /** Shows everything, then does what {@code end} says. */
    void run(Demo.End end) throws Exception {
        BucketReleases releases = new BucketReleases(
                farm.publishing().folder(), List.of(farm.publishing().releaseKey()));
        byte[] secret = new byte[MASTER_KEY_BYTES];
        RANDOM.nextBytes(secret);
        MasterKey master = MasterKey.of(secret);
        HostTypeSettings hostType = HostTypeSettings.of(DemoFarm.HOST_TYPE).withExpected(1);
        LoopbackSetup setup = LoopbackSetup.of(master, hostType)
                .withPort(port)
                // Any jar: no lease is made here, but a machine without an agent program would be set aside.
                .withAgentJar(Programs.BUCKET.jar())
                .withReleases(releases);
        try (LoopbackController controller = LoopbackController.start(setup)) {
            releases.poll();
            narrator.place(
                    "pool", controller.url().resolve(LoopbackController.POOL).toString());
            narrator.place("bucket", farm.publishing().folder().toString());
            narrator.place("machine", farm.machineLog().toString());
            farm.switchOn(controller.url(), BuilderKey.derive(master, DemoFarm.HOST_TYPE, 1));
            awaitIdle(controller, DemoFarm.FIRST_RELEASE);
            narrator.happened(DemoFarm.MACHINE + " fetched buildlet " + DemoFarm.FIRST_RELEASE
                    + ", verified it, proved its key, and waits for a lease");
            farm.publish(SECOND_RELEASE);
            releases.poll();
            narrator.happened("buildlet " + SECOND_RELEASE + " is published; nobody touches the machine");
            awaitIdle(controller, SECOND_RELEASE);
            narrator.happened("the machine was sent away, updated itself and is back with buildlet " + SECOND_RELEASE);
            end.await();
        }
    }

    private static MachineView awaitIdle(LoopbackController controller, String buildlet) throws Exception {
        return Patience.await("the machine with buildlet " + buildlet, LIMIT, () -> idle(controller, buildlet));
    }

    private static Optional<MachineView> idle(LoopbackController controller, String buildlet) {
        return controller.coordinator().snapshot().machines().stream()
                .filter(view -> view.state() == MachineState.IDLE)
                .filter(view -> view.facts().orElseThrow().buildlet().value().equals(buildlet))
                .findFirst();
    }
}
