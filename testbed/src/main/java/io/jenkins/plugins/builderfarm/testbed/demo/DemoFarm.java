package io.jenkins.plugins.builderfarm.testbed.demo;

import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.program.BucketProcess;
import io.jenkins.plugins.builderfarm.testbed.program.JarVersions;
import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.LogFile;
import io.jenkins.plugins.builderfarm.testbed.program.MachineHome;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import io.jenkins.plugins.builderfarm.testbed.program.Publishing;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;

/** All of a farm that isn't its controller: a bucket with a first release, and one machine once it is switched on. */
public final class DemoFarm implements AutoCloseable {
    public static final HostTypeName HOST_TYPE = new HostTypeName("host-linux-demo");
    public static final MachineId MACHINE = new MachineId(HOST_TYPE, new Hostname("demo-machine"));

    /** What the bucket starts with. */
    public static final String FIRST_RELEASE = "1.0";

    private final Path directory;
    private final BucketProcess bucket;
    private final Publishing publishing;
    private Supervisor machine; // guarded by this

    private DemoFarm(Path directory, BucketProcess bucket, Publishing publishing) {
        this.directory = directory;
        this.bucket = bucket;
        this.publishing = publishing;
    }

    /** @param directory is there, and empty but for a marker */
    public static DemoFarm open(Path directory) throws IOException, InterruptedException, TimeoutException {
        BucketProcess bucket = BucketProcess.start(directory.resolve("bucket"), 0);
        Publishing publishing = Publishing.withNewKey(bucket.endpoint(), directory);
        DemoFarm farm = new DemoFarm(directory, bucket, publishing);
        publishing.init(farm.release(FIRST_RELEASE));
        return farm;
    }

    public Publishing publishing() {
        return publishing;
    }

    /** A newer buildlet for every machine: this build's, under another version. */
    public void publish(String version) throws IOException, InterruptedException, TimeoutException {
        publishing.publish(release(version));
    }

    private Path release(String version) throws IOException {
        Path jars = Files.createDirectories(directory.resolve("releases"));
        return JarVersions.stamp(Programs.BUILDLET.jar(), version, jars.resolve("buildlet-" + version + ".jar"));
    }

    /** Where the machine's log is. */
    public Path machineLog() {
        return directory.resolve("machine.log");
    }

    /** The machine dials from now on. */
    public synchronized Supervisor switchOn(ControllerUrl controller, BuilderKey key) throws IOException {
        LogFile log = LogFile.create(machineLog());
        machine = new MachineHome(directory.resolve("machine"), MACHINE, key)
                .start(controller, publishing, new Lines(log::add));
        return machine;
    }

    @Override
    public synchronized void close() {
        if (machine != null) {
            machine.close();
        }
        bucket.close();
    }
}
