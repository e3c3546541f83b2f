package io.jenkins.plugins.builderfarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal.Reason;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.farm.Farm;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import io.jenkins.plugins.builderfarm.pages.Visitor;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.Collectors;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Real buildlets that a real Jenkins does not let in. It says why to its administrators, and to the machine nothing. */
@WithJenkins
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class RefusalsITest {
    private static final String ROTATED = "host-linux-rotated";
    private static final String MODERN = "host-linux-modern";
    private static final String UNKNOWN = "host-linux-unknown";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private JenkinsRule r;
    private LogRecorder log;
    private Volunteers volunteers;

    /** A machine that is refused, named after what is wrong with it. */
    private record Stranger(String hostname, String hostType, String key, Reason reason, String detail) {
        String id() {
            return hostType + "/" + hostname;
        }
    }

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        r = rule;
        log = new LogRecorder()
                .record("io.jenkins.plugins.builderfarm.coordinator", Level.WARNING)
                .capture(1_000);
        volunteers = new Volunteers(directory);
        volunteers.release("1.0");
    }

    @AfterEach
    void stop() {
        volunteers.close();
        log.close();
    }

    private static String configure() {
        ReversePool pool = new ReversePool();
        pool.setSpares(0);
        pool.setDeniedMachines(List.of("denied"));
        HostType modern = new HostType(MODERN, new ReversePool());
        modern.setMinimumBuildlet("2.0");
        BuilderFarmConfiguration.get()
                .setHostTypes(List.of(
                        new HostType(Controller.HOST_TYPE, pool), new HostType(ROTATED, new ReversePool()), modern));
        return Controller.key(Controller.HOST_TYPE);
    }

    private static List<Stranger> strangers(String goodKey) throws Exception {
        String revoked = Controller.key(ROTATED);
        BuilderKeys.get().revoke(new HostTypeName(ROTATED), 1);
        String others = renamed(Controller.key(MODERN), Controller.HOST_TYPE);
        String doesNotFit = "its proof does not fit generation 1 of the host type's key";
        return List.of(
                new Stranger("forged", Controller.HOST_TYPE, forged(), Reason.WRONG_KEY, doesNotFit),
                new Stranger("others", Controller.HOST_TYPE, others, Reason.WRONG_KEY, doesNotFit),
                new Stranger("old-key", ROTATED, revoked, Reason.KEY_REVOKED, "generation 1"),
                new Stranger("denied", Controller.HOST_TYPE, goodKey, Reason.MACHINE_DENIED, "denied"),
                new Stranger(
                        "nowhere",
                        UNKNOWN,
                        Controller.key(UNKNOWN),
                        Reason.UNKNOWN_HOST_TYPE,
                        "no such host type is configured"),
                new Stranger(
                        "outdated",
                        MODERN,
                        Controller.key(MODERN),
                        Reason.BUILDLET_TOO_OLD,
                        "buildlet 1.0 is older than 2.0, the oldest allowed"));
    }

    /** Well-formed, but of another farm's master key. */
    private static String forged() {
        MasterKey master = MasterKey.of("the master key of another farm".getBytes(StandardCharsets.UTF_8));
        return BuilderKey.derive(master, new HostTypeName(Controller.HOST_TYPE), BuilderKey.FIRST_GENERATION)
                .print();
    }

    /** The secret of one host type in the key of another: the check sum is right, so the machine itself sees nothing. */
    private static String renamed(String key, String hostType) throws Exception {
        String[] parts = key.split(":");
        String body = String.join(":", parts[0], hostType, parts[2], parts[3]);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.US_ASCII));
        return body + ":" + HexFormat.of().formatHex(digest, 0, 4);
    }

    @Test
    void shouldSayWhyToAdministratorsAlone() throws Exception {
        String controller = r.getURL().toString();
        String goodKey = configure();
        Map<Stranger, Supervisor> machines = new LinkedHashMap<>();
        for (Stranger stranger : strangers(goodKey)) {
            machines.put(
                    stranger, volunteers.machine(stranger.hostname(), stranger.hostType(), controller, stranger.key()));
        }
        // The same in all but what is wrong with the others.
        volunteers.machine("welcome", controller, goodKey);
        // Its owner took the wrong file: that is found out before anything goes over the wire.
        Supervisor mixedUp = volunteers.machine("mixed-up", Controller.HOST_TYPE, controller, Controller.key(MODERN));

        for (Supervisor machine : machines.values()) {
            machine.lines().await("refused this machine", PATIENCE);
        }
        Controller.awaitMachines(1, MachineState.IDLE);
        mixedUp.lines().await("key .*" + MODERN, PATIENCE);

        assertThat(Controller.machines().stream().filter(machine -> machine.state() == MachineState.IDLE))
                .extracting(machine -> machine.id().hostname().value())
                .containsExactly("welcome");
        assertAdministratorsSee(machines.keySet());
        assertMachinesAreToldNothing(machines);
    }

    private void assertAdministratorsSee(Set<Stranger> strangers) throws Exception {
        JSONObject pools = r.getJSON("builders/pools/api/json?depth=2").getJSONObject();
        Map<String, JSONObject> refusals = new LinkedHashMap<>();
        JSONArray rows = pools.getJSONArray("refusals");
        for (int i = 0; i < rows.size(); i++) {
            refusals.put(rows.getJSONObject(i).getString("machine"), rows.getJSONObject(i));
        }
        String page = new Visitor(r)
                .page(null, "builders/pools/")
                .getElementById("refusals")
                .asNormalizedText();
        assertThat(refusals.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        strangers.stream().map(Stranger::id).toList());
        assertThat(Farm.get().refusals()).extracting(Refusal::machine).containsAll(refusals.keySet());
        for (Stranger stranger : strangers) {
            JSONObject refusal = refusals.get(stranger.id());
            assertThat(refusal.getString("reason"))
                    .as(stranger.id())
                    .isEqualTo(stranger.reason().name());
            assertThat(refusal.getString("detail")).as(stranger.id()).contains(stranger.detail());
            assertThat(page).contains(stranger.hostname()).contains(refusal.getString("detail"));
            assertThat(log.getMessages())
                    .anyMatch(line -> line.startsWith("refused " + stranger.id() + " from 127.0.0.1")
                            && line.endsWith(refusal.getString("detail")));
        }
    }

    /** All print the same, however often they tried: nothing in it depends on what was wrong. */
    private static void assertMachinesAreToldNothing(Map<Stranger, Supervisor> machines) {
        Set<Set<String>> told = new HashSet<>();
        for (Map.Entry<Stranger, Supervisor> entry : machines.entrySet()) {
            List<String> lines = entry.getValue().lines().all();
            assertThat(lines).noneMatch(line -> line.contains("dialled in"));
            for (Refusal refusal : Farm.get().refusals()) {
                assertThat(lines)
                        .noneMatch(line -> line.contains(refusal.detail())
                                || line.contains(refusal.reason().name()));
            }
            told.add(lines.stream()
                    .filter(line -> line.contains("controller"))
                    .map(line -> line.replaceAll("[0-9]+", "N"))
                    .collect(Collectors.toSet()));
        }
        assertThat(told).hasSize(1);
        assertThat(told.iterator().next())
                .singleElement()
                .asString()
                .contains("refused this machine; why, the farm's administrators can see");
    }
}
