package io.jenkins.plugins.builderfarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import hudson.cli.CLICommandInvoker.Result;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.Samples;
import io.jenkins.plugins.builderfarm.manage.BadInputs;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Commands say what is wrong with what they were given, without a stack trace, and change nothing then. */
@WithJenkins
class BadCommandsITest {
    private static final String TYPE = "host-linux-riscv64-unmatched";
    private static final String CLOUD = "host-linux-amd64";

    /** There is nothing to be said wrong to them. */
    private static final Set<String> WITHOUT_INPUT = Set.of("builder-farm-export");

    /** Jenkins's exit codes: of arguments that can't be parsed, of IllegalArgumentException, and of AbortException. */
    private static final int USAGE = 2;

    private static final int WRONG = 3;
    private static final int GAVE_UP = 5;

    @RegisterExtension
    private static final BadInputs BAD_INPUTS = new BadInputs();

    private final Set<String> tried = new TreeSet<>();
    private JenkinsRule jenkins;

    @Test
    void shouldSayWhatIsWrong(JenkinsRule rule) throws Exception {
        jenkins = rule;
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        Samples.setEveryField(farm);
        farm.setReleases(null);
        String before = Samples.xml(farm);

        refused(USAGE, "\"HOST_TYPE\" is required", "", "builder-farm-key");
        refused(WRONG, "is called 'host-none'", "", "builder-farm-key", "host-none");
        refused(WRONG, "no host type of the reverse pool", "", "builder-farm-key", CLOUD);
        refused(WRONG, "has no generation 9", "", "builder-farm-key", TYPE, "--revoke", "9");
        refused(WRONG, "has no generation -1", "", "builder-farm-key", TYPE, "--revoke", "-1");
        refused(USAGE, "\"one\" is not a valid value", "", "builder-farm-key", TYPE, "--revoke", "one");
        refused(USAGE, "cannot be used with", "", "builder-farm-key", TYPE, "--rotate", "--revoke", "1");
        refused(USAGE, "\"--rename\" is not a valid option", "", "builder-farm-key", TYPE, "--rename");

        refused(USAGE, "\"HOSTNAME\" is required", "", "builder-farm-drain", TYPE);
        refused(WRONG, "no host type is called 'host-none'", "", "builder-farm-drain", "host-none", "board1");
        refused(WRONG, "are another cloud's", "", "builder-farm-drain", CLOUD, "board1");
        refused(WRONG, "hostname 'board 1' is not valid", "", "builder-farm-drain", TYPE, "board 1");
        refused(WRONG, "has ever dialled in", "", "builder-farm-drain", TYPE, "board1");
        refused(WRONG, "is drained", "", "builder-farm-drain", TYPE, "board1", "--resume");
        refused(USAGE, "cannot be used with", "", "builder-farm-drain", TYPE, "board1", "--reason", "why", "--resume");

        refused(USAGE, "\"HOSTNAME\" is required", "", "builder-farm-deny", TYPE);
        refused(WRONG, "no host type is called 'host-none'", "", "builder-farm-deny", "host-none", "board1");
        refused(WRONG, "are another cloud's", "", "builder-farm-deny", CLOUD, "board1");
        refused(WRONG, "hostname '../x' is not valid", "", "builder-farm-deny", TYPE, "../x");
        refused(WRONG, "is denied already", "", "builder-farm-deny", TYPE, "board1");
        refused(WRONG, "is not denied", "", "builder-farm-deny", TYPE, "board9", "--undo");

        refused(USAGE, "\"HOSTNAME\" is required", "", "builder-farm-pin", TYPE);
        refused(WRONG, "no host type is called 'host-none'", "", "builder-farm-pin", "host-none", "board1");
        refused(WRONG, "are another cloud's", "", "builder-farm-pin", CLOUD, "board1");
        refused(WRONG, "is denied: allow it first", "", "builder-farm-pin", TYPE, "board1");
        refused(WRONG, "is pinned already", "", "builder-farm-pin", TYPE, "board3");
        refused(WRONG, "is not pinned", "", "builder-farm-pin", TYPE, "board9", "--undo");

        refused(WRONG, "say either --export or --import", "", "builder-farm-master-key");
        refused(USAGE, "cannot be used with", "", "builder-farm-master-key", "--export", "--import");
        refused(GAVE_UP, "repeat with --confirm", "", "builder-farm-master-key", "--export");
        refused(WRONG, "has to be the passphrase", "", "builder-farm-master-key", "--export", "--confirm");
        refused(WRONG, "has 5 characters", "short\n", "builder-farm-master-key", "--export", "--confirm");
        refused(WRONG, "no exported master key", "long enough it is\nnone\n", "builder-farm-master-key", "--import");

        refused(GAVE_UP, "no bucket", "", "builder-farm-check-releases");

        refused(USAGE, "\"BRANCH\" is required", "", "builder-farm-explain", "net");
        refused(WRONG, "no builder is called 'none'", "", "builder-farm-explain", "net", "master", "none");
        refused(WRONG, "'later' is no phase", "", "builder-farm-explain", "net", "master", "--phase", "later");
        refused(WRONG, "repository is missing", "", "builder-farm-explain", " ", "master");

        refused(WRONG, "no builder is called 'none'", "", "builder-farm-jobs", "--preview", "none");
        refused(GAVE_UP, "has no template", "", "builder-farm-jobs", "--preview", "linux-amd64");
        refused(USAGE, "cannot be used with", "", "builder-farm-jobs", "--plan", "--apply");

        refused(WRONG, "'unclassified' is missing", "", "builder-farm-import");
        refused(WRONG, "this is no YAML", "{", "builder-farm-import", "--apply");
        refused(USAGE, "\"--now\" is not a valid option", "", "builder-farm-import", "--now");

        assertThat(Samples.xml(farm)).isEqualTo(before);
        Set<String> untried = CLICommand.all().stream()
                .filter(command -> command.getClass().getName().startsWith("io.jenkins.plugins.builderfarm."))
                .map(CLICommand::getName)
                .filter(name -> !tried.contains(name) && !WITHOUT_INPUT.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(untried).as("commands that were given nothing wrong here").isEmpty();
    }

    private void refused(int code, String message, String input, String command, String... arguments) {
        Result result = new CLICommandInvoker(jenkins, command)
                .withStdin(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))
                .invokeWithArgs(arguments);
        String sent = String.join(" ", arguments) + (input.isEmpty() ? "" : " < " + input.strip());
        tried.add(command);

        assertThat(result.stderr()).as("%s %s", command, sent).contains(message).doesNotContain("Exception", "\tat ");
        assertThat(result.returnCode()).as("%s %s", command, sent).isEqualTo(code);
        // What follows is the usage, which is the same for each.
        String said = result.stderr().strip().lines().findFirst().orElse("");
        BAD_INPUTS.add(command, sent, "exit code " + code + ": " + said.replaceFirst("^ERROR: ", ""));
    }
}
