package io.jenkins.plugins.builderfarm.farm;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.cli.CLICommandInvoker.Result;
import io.jenkins.plugins.builderfarm.cloud.PretendMachines;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Owner;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineState;
import io.jenkins.plugins.builderfarm.pages.Visitor;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Owners take their own machines out of work and back, by page and by command. */
@WithJenkins
class DrainITest {
    private static final String TYPE = PretendMachines.HOST_TYPE.value();
    private static final String PAGE = "builders/hostType/" + TYPE + "/";

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        PretendMachines.configure(0);
        HostType type = BuilderFarmConfiguration.get().hostType(TYPE).orElseThrow();
        Owner ada = new Owner("Ada", "");
        ada.setUsers(List.of("ada"));
        type.setOwners(List.of(ada));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("ada", "eve"));
        PretendMachines.dial("board1");
        assertThat(state()).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldLetAnOwnerDrainAndResumeByCommand() {
        assertThat(cli("ada", TYPE, "board1", "--reason", "new disk").returnCode())
                .isZero();
        assertThat(state()).isEqualTo(MachineState.SET_ASIDE);

        assertThat(cli("ada", TYPE, "board1", "--resume").returnCode()).isZero();
        assertThat(state()).isEqualTo(MachineState.IDLE);
    }

    @Test
    void shouldRefuseEverybodyElseAndSayWhatIsWrong() throws Exception {
        Result eve = cli("eve", TYPE, "board1");
        assertThat(eve.returnCode()).isEqualTo(6);
        assertThat(eve.stderr()).contains("eve is missing the Builder Farm/Administer permission");
        assertThat(post("eve", PAGE + "drain?hostname=board1&reason=").getStatusCode())
                .isEqualTo(403);
        assertThat(post("eve", PAGE + "resume?hostname=board1").getStatusCode()).isEqualTo(403);
        assertThat(state()).isEqualTo(MachineState.IDLE);

        assertThat(cli("ada", "host-none", "board1").stderr()).contains("no host type is called 'host-none'");
        assertThat(cli("ada", TYPE, "board9").stderr()).contains("no machine " + TYPE + "/board9 has ever dialled in");
        assertThat(cli("ada", TYPE, "board1", "--resume").stderr())
                .contains("no machine " + TYPE + "/board1 is drained");
        assertThat(cli("ada", TYPE, "board 1").stderr()).contains("hostname 'board 1' is not valid");
        WebResponse wrong = post("ada", PAGE + "resume?hostname=board1");
        assertThat(wrong.getStatusCode()).isEqualTo(400);
        assertThat(wrong.getContentAsString()).contains("is drained");
    }

    @Test
    void shouldShowAnOwnerTheirMachinesAndReasonsAndTheButtons() throws Exception {
        post("ada", PAGE + "drain?hostname=board1&reason=%3Cb%3Enew%20disk");

        for (String path : List.of(PAGE, "builders/mine/")) {
            String page = get("ada", path).getContentAsString();
            assertThat(page).as(path).contains("board1", "drained by ada: &lt;b&gt;new disk");
        }
        assertThat(get("ada", PAGE).getContentAsString()).contains("name=\"resume-board1\"");
        assertThat(get("ada", "builders/mine/api/json?depth=3").getContentAsString())
                .contains("\"drained\":\"drained by ada: <b>new disk\"");
        assertThat(get("eve", PAGE).getContentAsString()).contains("board1").doesNotContain("resume-board1");
        assertThat(get("eve", "builders/mine/").getContentAsString()).doesNotContain("board1");
        assertThat(get("eve", "builders/").getContentAsString()).doesNotContain("My machines");
        assertThat(get("ada", "builders/").getContentAsString()).contains("My machines");

        post("ada", PAGE + "resume?hostname=board1");
        assertThat(state()).isEqualTo(MachineState.IDLE);
        assertThat(get("ada", PAGE).getContentAsString()).contains("name=\"drain-board1\"");
    }

    private MachineState state() {
        return Farm.get().coordinator().snapshot().machines().stream()
                .filter(machine -> machine.id().hostname().value().equals("board1"))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private Result cli(String user, String... arguments) {
        return new CLICommandInvoker(jenkins, "builder-farm-drain").asUser(user).invokeWithArgs(arguments);
    }

    private WebResponse get(String user, String path) throws Exception {
        return new Visitor(jenkins).get(user, path);
    }

    private WebResponse post(String user, String path) throws Exception {
        return new Visitor(jenkins).post(user, path);
    }
}
