package io.jenkins.plugins.builderfarm.testbed.bench;

import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.testbed.CommandLines;
import io.jenkins.plugins.builderfarm.testbed.demo.DemoDirectory;
import io.jenkins.plugins.builderfarm.testbed.demo.DemoFarm;
import io.jenkins.plugins.builderfarm.testbed.jenkins.Distribution;
import io.jenkins.plugins.builderfarm.testbed.jenkins.FarmConfiguration;
import io.jenkins.plugins.builderfarm.testbed.jenkins.LocalJenkins;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program that measures a machine of ours beside a bare agent, on one Jenkins, near and far. */
public final class JenkinsBench {
    private static final Duration ROUND_TRIP = Duration.ofMillis(20);
    private static final String BUILDER = "linux-bench";

    private JenkinsBench() {}

    public static void main(String[] args) {
        System.exit(CommandLines.run(JenkinsBench.class, args));
    }

    @Command(
            name = "jenkins-bench",
            mixinStandardHelpOptions = true,
            description = "Times and memory of a machine of ours beside java -jar agent.jar, on the same Jenkins.")
    static int run(
            @Option(names = "--directory", required = true, paramLabel = "DIR") Path directory,
            @Option(names = "--war", required = true, paramLabel = "FILE") Path war,
            @Option(names = "--plugins", required = true, paramLabel = "DIR") Path plugins,
            @Option(
                            names = "--rounds",
                            defaultValue = "7",
                            description = "of each measurement (default: ${DEFAULT-VALUE})")
                    int rounds)
            throws Exception {
        Path home = DemoDirectory.prepare(directory);
        try (DemoFarm farm = DemoFarm.open(home)) {
            String configuration = FarmConfiguration.yaml(DemoFarm.HOST_TYPE, 0, BUILDER, farm.publishing());
            try (LocalJenkins jenkins = LocalJenkins.start(Distribution.of(war, plugins), home, 0, configuration);
                    DelayProxy proxy = DelayProxy.start(jenkins.url().uri().getPort(), ROUND_TRIP)) {
                ControllerUrl far = ControllerUrl.parse("http://127.0.0.1:" + proxy.port() + "/");
                jenkins.client()
                        .script(
                                "io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration.get().controllerUrls = ['"
                                        + jenkins.url() + "', '" + far + "']");
                SideBySide bench = new SideBySide(jenkins, farm, home, BUILDER, rounds);
                BenchTable.print(System.out, "On loopback", "0.2", bench.measure("near", jenkins.url()));
                BenchTable.print(
                        System.out, "With 20 ms of round-trip time", "under 500 ms", bench.measure("far", far));
            }
        }
        return 0;
    }
}
