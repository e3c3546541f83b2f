package io.jenkins.plugins.builderfarm.farm;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.cli.CLICommandInvoker.Result;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import io.jenkins.plugins.builderfarm.cloud.PretendMachines;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.Entries;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Owner;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.history.Change;
import io.jenkins.plugins.builderfarm.history.ConfigurationHistory;
import io.jenkins.plugins.builderfarm.pages.Visitor;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedMachine;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Administrators keep single machines out, or pin them, by page and by command; owners may not. */
@WithJenkins
@Timeout(180)
class AdmittedMachinesITest {
    private static final String TYPE = PretendMachines.HOST_TYPE.value();
    private static final String PAGE = "builders/hostType/" + TYPE + "/";

    private JenkinsRule jenkins;
    private SimulatedMachine board;
    private SimulatedMachine other;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        PretendMachines.configure(0);
        Owner ada = new Owner("Ada", "");
        ada.setUsers(List.of("ada"));
        Entries.hostTypes().update(TYPE, type -> {
            HostType owned = type.copy(TYPE);
            owned.setOwners(List.of(ada));
            return owned;
        });
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("ada", "warden")
                .grant(FarmPermissions.ADMINISTER)
                .everywhere()
                .to("warden"));
        board = PretendMachines.dial("board1");
        other = PretendMachines.dial("board2");
        assertThat(state("board1")).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldDropADeniedMachineAtOnceAndItsLease() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        FreeStyleProject job = jenkins.createFreeStyleProject("job");
        job.setAssignedLabel(Label.get(TYPE));
        job.scheduleBuild2(0);
        PretendMachines.await(() -> view("board1").lease().isPresent());
        var lease = view("board1").lease().orElseThrow();

        assertThat(deny("warden", TYPE, "BOARD1").returnCode()).isZero();

        assertThat(board.state()).isNotEqualTo(SimulatedMachine.State.LEASED);
        assertThat(view("board1").connected()).isFalse();
        assertThat(Farm.get().coordinator().isLive(lease)).isFalse();
        PretendMachines.await(() -> jenkins.jenkins.getNode(lease.value()) == null);
        assertThat(state("board2")).as("the build goes to another one").isNotEqualTo(MachineState.MISSING);

        PretendMachines.dial("board1");
        assertThat(view("board1").connected()).isFalse();
        assertThat(Farm.get().refusals().get(0).detail()).isEqualTo("the machine is denied");

        assertThat(deny("warden", TYPE, "board1", "--undo").returnCode()).isZero();
        PretendMachines.dial("board1");
        assertThat(view("board1").connected()).isTrue();
    }

    @Test
    void shouldWriteDownWhoDeniedWhichMachineAndHow() throws Exception {
        deny("warden", TYPE, "board1");
        post("warden", PAGE + "allow?hostname=board1");

        List<Change> changes = ConfigurationHistory.get().latest();
        assertThat(changes.get(1)).returns("warden", Change::by).returns("command builder-farm-deny", Change::how);
        assertThat(changes.get(1).items()).singleElement().satisfies(item -> {
            assertThat(item.item()).isEqualTo("host type " + TYPE);
            assertThat(item.diff()).singleElement().asString().startsWith("+").contains("denied machines", "board1");
        });
        assertThat(changes.get(0)).returns("warden", Change::by).returns("page /" + PAGE + "allow", Change::how);
        assertThat(changes.get(0).items().get(0).diff())
                .singleElement()
                .asString()
                .startsWith("-");
    }

    @Test
    void shouldPinOnlyOnceItIsConfirmedThatOthersAreDropped() {
        Result asked = pin("warden", TYPE, "board1");
        assertThat(asked.returnCode()).isEqualTo(5);
        assertThat(asked.stderr()).contains("would be dropped at once", "board2", "--confirm");
        assertThat(pool().getPinnedMachines()).isEmpty();
        assertThat(view("board2").connected()).isTrue();

        assertThat(pin("warden", TYPE, "board1", "--confirm").returnCode()).isZero();
        assertThat(view("board1").connected()).isTrue();
        assertThat(view("board2").connected()).isFalse();
        assertThat(other.state()).isNotEqualTo(SimulatedMachine.State.WAITING);

        assertThat(pin("warden", TYPE, "board2").returnCode())
                .as("it drops nobody")
                .isZero();
        assertThat(pin("warden", TYPE, "board1", "--undo").returnCode()).isZero();
        assertThat(view("board1").connected()).isFalse();
        assertThat(pin("warden", TYPE, "board2", "--undo").returnCode()).isZero();
        PretendMachines.dial("board1");
        assertThat(view("board1").connected()).isTrue();
    }

    @Test
    void shouldNotLetAnOwnerDenyOrPin() throws Exception {
        for (String action : List.of("deny", "allow", "pin", "unpin")) {
            assertThat(post("ada", PAGE + action + "?hostname=board1").getStatusCode())
                    .as(action)
                    .isEqualTo(403);
        }
        for (Result refused : List.of(
                deny("ada", TYPE, "board1"),
                deny("ada", TYPE, "board1", "--undo"),
                pin("ada", TYPE, "board1", "--confirm"),
                pin("ada", TYPE, "board1", "--undo"),
                deny("ada", "host-none", "board1"))) {
            assertThat(refused.returnCode()).isEqualTo(6);
            assertThat(refused.stderr()).contains("ada is missing the Builder Farm/Administer permission");
        }
        assertThat(pool().getDeniedMachines()).isEmpty();
        assertThat(pool().getPinnedMachines()).isEmpty();
        assertThat(view("board1").connected()).isTrue();
        assertThat(get("ada", PAGE).getContentAsString())
                .as("an owner may drain, and is offered no more")
                .contains("name=\"drain-board1\"")
                .doesNotContain("deny?hostname", "pin?hostname");
    }

    @Test
    void shouldOfferOnThePageWhatCanBeDone() throws Exception {
        assertThat(get("warden", PAGE).getContentAsString())
                .contains("deny?hostname=board1", "pin?hostname=board1", "All other machines of this host type");
        post("warden", PAGE + "deny?hostname=board2");
        post("warden", PAGE + "pin?hostname=board1");

        String page = get("warden", PAGE).getContentAsString();
        assertThat(page).contains("name=\"allow-board2\"", "name=\"unpin-board1\"", "id=\"denied\"", "id=\"pinned\"");
        assertThat(get("ada", PAGE + "api/json?depth=3").getContentAsString())
                .contains("\"denied\":true", "\"pinned\":true");
        WebResponse twice = post("warden", PAGE + "deny?hostname=board2");
        assertThat(twice.getStatusCode()).isEqualTo(400);
        assertThat(twice.getContentAsString()).contains("machine " + TYPE + "/board2 is denied already");

        post("warden", PAGE + "unpin?hostname=board1");
        post("warden", PAGE + "allow?hostname=board2");
        assertThat(pool().getDeniedMachines()).isEmpty();
        assertThat(pool().getPinnedMachines()).isEmpty();
    }

    private static ReversePool pool() {
        return BuilderFarmConfiguration.get()
                .hostType(TYPE)
                .flatMap(HostType::reversePool)
                .orElseThrow();
    }

    private static MachineState state(String hostname) {
        return view(hostname).state();
    }

    private static MachineView view(String hostname) {
        return Farm.get().coordinator().snapshot().machines().stream()
                .filter(machine -> machine.id().hostname().value().equals(hostname))
                .findFirst()
                .orElseThrow();
    }

    private Result deny(String user, String... arguments) {
        return new CLICommandInvoker(jenkins, "builder-farm-deny").asUser(user).invokeWithArgs(arguments);
    }

    private Result pin(String user, String... arguments) {
        return new CLICommandInvoker(jenkins, "builder-farm-pin").asUser(user).invokeWithArgs(arguments);
    }

    private WebResponse get(String user, String path) throws Exception {
        return new Visitor(jenkins).get(user, path);
    }

    private WebResponse post(String user, String path) throws Exception {
        return new Visitor(jenkins).post(user, path);
    }
}
