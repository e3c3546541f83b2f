package io.jenkins.plugins.builderfarm.e2e;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.tasks.Shell;
import io.jenkins.plugins.builderfarm.cloud.LeasedNode;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Releases;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;

/** What the tests do inside Jenkins's own process, with or without the Pipeline plugins. Stateless. */
final class Controller {
    static final String HOST_TYPE = "host-linux-test";
    static final String BUILDER = "linux-test-race";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Controller() {}

    /**
     * One reverse host type with one builder.
     *
     * @param releaseKey null for a controller that isn't told of any bucket
     * @return the host type's builder key
     */
    static String configure(int spares, String bucket, String endpoint, String releaseKey) {
        ReversePool pool = new ReversePool();
        pool.setSpares(spares);
        HostType hostType = new HostType(HOST_TYPE, pool);
        hostType.setEnvironment(List.of(new EnvironmentVariable("GOARCH", "riscv64")));
        Builder builder = new Builder(BUILDER, HOST_TYPE);
        builder.setEnvironment(List.of(new EnvironmentVariable("GO_TEST_FLAGS", "-race")));
        BuilderFarmConfiguration configuration = BuilderFarmConfiguration.get();
        configuration.setHostTypes(List.of(hostType));
        configuration.setReviewedJobs(List.of("**"));
        configuration.setBuilders(List.of(builder));
        if (releaseKey != null) {
            Releases releases = new Releases(bucket, List.of(releaseKey));
            releases.setEndpoint(endpoint);
            configuration.setReleases(releases);
        }
        return key(HOST_TYPE);
    }

    static String key(String hostType) {
        return BuilderKeys.get().show(new HostTypeName(hostType), "to a test").print();
    }

    static List<MachineView> machines() {
        return Farm.get().snapshot().machines();
    }

    static void awaitMachines(int count, MachineState state) {
        await(() ->
                machines().stream().filter(machine -> machine.state() == state).count() >= count);
    }

    static void awaitMachine(Predicate<MachineView> wanted) {
        await(() -> machines().stream().anyMatch(wanted));
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .conditionEvaluationListener(evaluated -> {
                    if (evaluated.getRemainingTimeInMS() < 1000) {
                        System.out.println("Still waiting: " + picture());
                    }
                })
                .until(condition);
    }

    /** For a failure's message. */
    static String picture() {
        StringBuilder text = new StringBuilder();
        machines().forEach(machine -> text.append(machine.id())
                .append(' ')
                .append(machine.state())
                .append(machine.lease().map(lease -> " " + lease).orElse(""))
                .append(machine.reasons())
                .append("; "));
        for (Queue.Item item : Jenkins.get().getQueue().getItems()) {
            text.append("queue: ")
                    .append(item.task.getName())
                    .append(": ")
                    .append(item.getWhy())
                    .append("; ");
        }
        Farm.get().refusals().forEach(refusal -> text.append(refusal).append("; "));
        return text.toString();
    }

    static List<LeasedNode> leased() {
        List<LeasedNode> nodes = new ArrayList<>();
        for (Node node : Jenkins.get().getNodes()) {
            if (node instanceof LeasedNode leased) {
                nodes.add(leased);
            }
        }
        return nodes;
    }

    static FreeStyleProject freestyle(String name, String script) throws Exception {
        FreeStyleProject project = Jenkins.get().createProject(FreeStyleProject.class, name);
        project.setAssignedLabel(Label.get(BUILDER));
        project.getBuildersList().add(new Shell(script));
        project.setConcurrentBuild(true);
        return project;
    }

    static FreeStyleBuild build(FreeStyleProject project) throws Exception {
        return project.scheduleBuild2(0).get();
    }

    static String log(Run<?, ?> run) throws Exception {
        return String.join("\n", run.getLog(10_000));
    }
}
