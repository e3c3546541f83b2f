package io.jenkins.plugins.builderfarm.testbed.demo;

import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.testbed.jenkins.Cli;
import io.jenkins.plugins.builderfarm.testbed.jenkins.Distribution;
import io.jenkins.plugins.builderfarm.testbed.jenkins.FarmConfiguration;
import io.jenkins.plugins.builderfarm.testbed.jenkins.FreestyleJob;
import io.jenkins.plugins.builderfarm.testbed.jenkins.LocalJenkins;
import io.jenkins.plugins.builderfarm.testbed.jenkins.Machines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The farm with a Jenkins: a machine dials in, builds, updates itself between two builds, and builds again. */
final class JenkinsDemo {
    private static final String BUILDER = "linux-demo";
    private static final String SECOND_RELEASE = "1.1";
    private static final String SCRIPT =
            "echo Built by $BUILDER_NAME on $BUILDER_MACHINE, a $BUILDER_HOST_TYPE, with buildlet $BUILDLET_VERSION.";

    private final DemoFarm farm;
    private final Distribution distribution;
    private final Path directory;
    private final int port;
    private final Narrator narrator;

    JenkinsDemo(DemoFarm farm, Distribution distribution, Path directory, int port, Narrator narrator) {
        this.farm = farm;
        this.distribution = distribution;
        this.directory = directory;
        this.port = port;
        this.narrator = narrator;
    }

    /** Shows everything, then does what {@code end} says. */
    void run(Demo.End end) throws Exception {
        String configuration = FarmConfiguration.yaml(DemoFarm.HOST_TYPE, 1, BUILDER, farm.publishing());
        try (LocalJenkins jenkins = LocalJenkins.start(distribution, directory, port, configuration)) {
            narrator.place(
                    "Jenkins",
                    jenkins.url() + "  user admin, password " + jenkins.client().password());
            narrator.place("builders", jenkins.url().resolve("builders/").toString());
            narrator.place("pool", jenkins.url().resolve("builders/pools/").toString());
            narrator.place("job", jenkins.url().resolve("job/demo/").toString());
            narrator.place("bucket", farm.publishing().folder().toString());
            narrator.place("machine", farm.machineLog().toString());
            narrator.place("log", jenkins.log().toString());
            narrator.happened("Jenkins is up");
            show(jenkins);
            end.await();
        }
    }

    private void show(LocalJenkins jenkins) throws Exception {
        Cli cli = new Cli(jenkins, directory);
        Machines machines = new Machines(jenkins.client());
        farm.switchOn(jenkins.url(), key(cli.run("builder-farm-key", DemoFarm.HOST_TYPE.value())));
        machines.await(DemoFarm.MACHINE, "ready", Machines::isFree);
        narrator.happened(DemoFarm.MACHINE + " fetched buildlet " + DemoFarm.FIRST_RELEASE
                + ", verified it, proved its key, and is ready");

        FreestyleJob job = FreestyleJob.create(jenkins.client(), "demo", BUILDER, SCRIPT);
        build(job, 1, DemoFarm.FIRST_RELEASE);
        farm.publish(SECOND_RELEASE);
        cli.run("builder-farm-check-releases");
        narrator.happened("buildlet " + SECOND_RELEASE + " is published; nobody touches the machine");
        machines.await(
                DemoFarm.MACHINE,
                "with buildlet " + SECOND_RELEASE,
                machine -> Machines.isFree(machine)
                        && Machines.text(machine, "buildlet").equals(SECOND_RELEASE));
        narrator.happened("the machine cleaned up, updated itself and is back with buildlet " + SECOND_RELEASE);
        build(job, 2, SECOND_RELEASE);
    }

    private void build(FreestyleJob job, int number, String buildlet) throws Exception {
        job.schedule();
        String line = job.await(number)
                .lines()
                .filter(text -> text.startsWith("Built by "))
                .findFirst()
                .orElseThrow(() -> new IOException("build " + number + " did not say where it was built"));
        if (!line.endsWith("with buildlet " + buildlet + ".")) {
            throw new IOException("build " + number + " was to have buildlet " + buildlet + ", but said: " + line);
        }
        narrator.happened("build " + number + " of job demo: " + line);
    }

    private static BuilderKey key(List<String> lines) throws IOException {
        return lines.stream()
                .filter(line -> line.startsWith("bfk1:"))
                .findFirst()
                .map(BuilderKey::parse)
                .orElseThrow(() -> new IOException("builder-farm-key printed no key"));
    }
}
