package io.jenkins.plugins.builderfarm.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Owner;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every view, every web method and every command of the plugin, found in the plugin itself, as everyone. What is found
 * and has no row in {@code access.txt} fails, and so does a row of what isn't there any more.
 */
@WithJenkins
class AccessITest {
    private static final Path ROWS = Path.of("src/test/resources/io/jenkins/plugins/builderfarm/pages/access.txt");
    private static final Path VIEWS = Path.of("src/main/resources");
    private static final String ROOT = "io.jenkins.plugins.builderfarm.";

    /** In the order of the columns. */
    private static final List<String> PEOPLE =
            List.of("anonymous", "reader", "owner", "operator", "keeper", "farmer", "admin");

    private JenkinsRule jenkins;

    /**
     * @param what {@code view CLASS/NAME}, {@code do CLASS.METHOD} or {@code cli COMMAND}
     * @param how {@code GET PATH}, {@code POST PATH}, arguments of the command, or {@code -} for what has no address
     * @param answers for each of {@link #PEOPLE} {@code +} or {@code -}
     */
    private record Row(String what, String how, String answers) {
        static Row parse(String line) {
            String[] cells = line.split("\\s*\\|\\s*");
            assertThat(cells).as(line).hasSize(3);
            return new Row(cells[0].strip(), cells[1].strip(), cells[2].replace(" ", ""));
        }
    }

    @Test
    void shouldAnswerEverybodyAsTheTableSays(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Map<String, List<Row>> rows = Files.readAllLines(ROWS).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Row::parse)
                .collect(Collectors.groupingBy(Row::what, LinkedHashMap::new, Collectors.toList()));
        configure();

        Set<String> found = found();
        Set<String> untold = new TreeSet<>(found);
        untold.removeAll(rows.keySet());
        assertThat(untold).as("there is no row in access.txt for").isEmpty();
        Set<String> gone = new TreeSet<>(rows.keySet());
        gone.removeAll(found);
        assertThat(gone).as("access.txt has rows of what is not there").isEmpty();

        Map<String, String> wrong = new TreeMap<>();
        for (Row row : rows.values().stream().flatMap(List::stream).toList()) {
            if (!row.how().equals("-")) {
                String answers = row.what().startsWith("cli ") ? cli(row) : web(row);
                if (!answers.equals(row.answers())) {
                    wrong.put(row.what() + " | " + row.how(), answers + ", not " + row.answers());
                }
            }
        }
        assertThat(wrong).as("answers to %s", PEOPLE).isEmpty();
    }

    /** Views from the resources, web methods from the classes, commands from Jenkins's list. */
    private static Set<String> found() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(VIEWS)) {
            files.map(file -> VIEWS.relativize(file).toString())
                    .filter(file -> file.endsWith(".jelly") && file.startsWith(ROOT.replace('.', '/')))
                    .map(file -> file.substring(ROOT.length(), file.length() - ".jelly".length()))
                    .forEach(file -> found.add("view " + file));
        }
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT.substring(0, ROOT.length() - 1))) {
            // Checks and fills are walked by PermissionsITest, which finds them by itself.
            type.getMethods().stream()
                    .filter(method -> method.getName().matches("do[A-Z].*")
                            && !method.getName().matches("do(Check|Fill)[A-Z].*")
                            && method.getModifiers().contains(JavaModifier.PUBLIC))
                    .forEach(method ->
                            found.add("do " + type.getName().substring(ROOT.length()) + "." + method.getName()));
        }
        CLICommand.all().stream()
                .filter(command -> command.getClass().getName().startsWith(ROOT))
                .forEach(command -> found.add("cli " + command.getName()));
        return found;
    }

    private void configure() {
        Farms.configure();
        SamplePool.install();
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        HostType mips = farm.hostType(SamplePool.MIPS.value()).orElseThrow();
        Owner owner = new Owner("Olga", "");
        owner.setUsers(List.of("owner"));
        mips.setOwners(List.of(owner));
        BuilderKeys.get().rotate(SamplePool.MIPS);
        Jenkins.SYSTEM_READ.setEnabled(true);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "owner", "operator", "keeper", "farmer")
                .grant(Jenkins.SYSTEM_READ)
                .everywhere()
                .to("operator")
                .grant(FarmPermissions.SEE_KEYS)
                .everywhere()
                .to("keeper")
                .grant(FarmPermissions.ADMINISTER)
                .everywhere()
                .to("farmer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    /** Whether each was let through; what they then hear of wrong parameters doesn't matter. */
    private String web(Row row) throws Exception {
        String[] words = row.how().split(" ", 2);
        HttpMethod method = HttpMethod.valueOf(words[0]);
        StringBuilder answers = new StringBuilder();
        for (String person : PEOPLE) {
            WebResponse answer =
                    new Visitor(jenkins).send(person.equals("anonymous") ? null : person, method, words[1], false);
            int status = answer.getStatusCode();
            answers.append(status == 403 ? '-' : status < 500 && status != 404 ? '+' : '?');
            if (!row.what().equals("do pages.KeyPage.doShow")) {
                assertThat(answer.getContentAsString())
                        .as("%s for %s", row.how(), person)
                        .doesNotContain("bfk1:");
            }
        }
        return answers.toString();
    }

    private String cli(Row row) {
        StringBuilder answers = new StringBuilder();
        List<String> arguments = new ArrayList<>(List.of(row.how().split(" ")));
        arguments.remove("(none)");
        for (String person : PEOPLE) {
            CLICommandInvoker invoker = new CLICommandInvoker(
                            jenkins, row.what().substring("cli ".length()))
                    .withStdin(new ByteArrayInputStream("correct horse battery\n".getBytes(StandardCharsets.UTF_8)));
            // 6 is Jenkins's exit code for a missing permission.
            int code = (person.equals("anonymous") ? invoker : invoker.asUser(person))
                    .invokeWithArgs(arguments.toArray(String[]::new))
                    .returnCode();
            answers.append(code == 6 ? '-' : code == 1 ? '?' : '+');
        }
        return answers.toString();
    }
}
