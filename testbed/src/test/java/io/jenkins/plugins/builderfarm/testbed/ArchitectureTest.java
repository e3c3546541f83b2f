package io.jenkins.plugins.builderfarm.testbed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of modules in docs/developer/architecture.md, enforced on the poms and on the compiled classes. */
final class ArchitectureTest {

    private static final Path ROOT = Path.of("..");
    private static final String PACKAGE = "io.jenkins.plugins.builderfarm.";
    private static List<ModuleRow> table;

    @BeforeAll
    static void readTable() throws IOException {
        table = ModuleRow.readAll(ROOT.resolve("docs/developer/architecture.md"));
    }

    @Test
    void shouldNameEveryModuleInTheTable() throws Exception {
        assertThat(table.stream().map(ModuleRow::name))
                .containsExactlyInAnyOrderElementsOf(
                        Pom.read(ROOT.resolve("pom.xml")).modules());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldDependInItsPomOnWhatTheTableAllows(ModuleRow module) throws Exception {
        Pom pom = Pom.read(ROOT.resolve(module.name()).resolve("pom.xml"));
        assertThat(module.mayKnow()).containsAll(pom.linkedModules());
    }

    /** The plugin's classes have a test of their own: they aren't built yet when this one runs. */
    @ParameterizedTest
    @MethodSource("modulesWithoutJenkins")
    void shouldUseOnlyClassesThatTheTableAllows(ModuleRow module) {
        JavaClasses classes = classesOf(module);
        assertThat(classes)
                .allSatisfy(type -> assertThat(type.getPackageName() + ".").startsWith(module.packageName() + "."));
        usesOnly(module, module.mayKnow()).check(classes);
    }

    @Test
    void shouldNoticeWhatIsForbidden() {
        ModuleRow coordinator = row("coordinator");
        assertThatThrownBy(() -> usesOnly(coordinator, Set.of()).check(classesOf(coordinator)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(PACKAGE + "protocol");
    }

    @Test
    void shouldKeepNetworkAndThreadsOutOfTheCoordinator() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "java.nio.channels..", "javax.net..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.net\\.(Server)?Socket|java\\.util\\.Timer|java\\.util\\.concurrent\\.Executors")
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .because("clock, transport and threads come in from outside")
                .check(classesOf(row("coordinator")));
    }

    static Stream<ModuleRow> modules() {
        return table.stream();
    }

    static Stream<ModuleRow> modulesWithoutJenkins() {
        return table.stream().filter(module -> !module.name().equals("plugin"));
    }

    private static ModuleRow row(String name) {
        return table.stream()
                .filter(module -> module.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JavaClasses classesOf(ModuleRow module) {
        return new ClassFileImporter().importPath(ROOT.resolve(module.name()).resolve("target/classes"));
    }

    private static ArchRule usesOnly(ModuleRow module, Set<String> allowed) {
        return noClasses()
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("belong to a module other than " + allowed) {
                    @Override
                    public boolean test(JavaClass type) {
                        String name = type.getPackageName() + ".";
                        return name.startsWith(PACKAGE)
                                && !name.startsWith(module.packageName() + ".")
                                && allowed.stream().noneMatch(other -> name.startsWith(PACKAGE + other + "."));
                    }
                })
                .because("docs/developer/architecture.md says what " + module.name() + " may know");
    }
}
