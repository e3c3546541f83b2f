package io.jenkins.plugins.builderfarm.coordinator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** What docs/developer/coordinator.md says of the packages is true. */
@AnalyzeClasses(
        packages = "io.jenkins.plugins.builderfarm.coordinator",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.builderfarm.coordinator";

    @ArchTest
    static final ArchRule SHOULD_DEPEND_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("facade")
            .definedBy(ROOT)
            .layer("admission")
            .definedBy(ROOT + ".admission")
            .layer("pool")
            .definedBy(ROOT + ".pool")
            .layer("memory")
            .definedBy(ROOT + ".memory")
            .layer("kernel")
            .definedBy(ROOT + ".kernel")
            .layer("port")
            .definedBy(ROOT + ".port")
            .layer("view")
            .definedBy(ROOT + ".view")
            .layer("history")
            .definedBy(ROOT + ".history")
            .layer("config")
            .definedBy(ROOT + ".config")
            .layer("policy")
            .definedBy(ROOT + ".policy")
            .layer("jobs")
            .definedBy(ROOT + ".jobs")
            .layer("conduct")
            .definedBy(ROOT + ".conduct")
            .layer("results")
            .definedBy(ROOT + ".results")
            .layer("text")
            .definedBy(ROOT + ".text")
            .whereLayer("facade")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("admission")
            .mayOnlyBeAccessedByLayers("facade")
            .whereLayer("pool")
            .mayOnlyBeAccessedByLayers("facade", "admission")
            .whereLayer("memory")
            .mayOnlyBeAccessedByLayers("pool")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers("facade", "admission", "pool", "memory")
            .whereLayer("port")
            .mayOnlyBeAccessedByLayers("facade", "admission", "pool", "kernel", "memory")
            .whereLayer("view")
            .mayOnlyBeAccessedByLayers("facade", "pool")
            .whereLayer("history")
            .mayOnlyBeAccessedByLayers("port", "view", "memory")
            .whereLayer("policy")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("policy")
            .mayOnlyAccessLayers("text")
            .whereLayer("jobs")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("jobs")
            .mayOnlyAccessLayers("text")
            .whereLayer("conduct")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("conduct")
            .mayNotAccessAnyLayer()
            .whereLayer("results")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("results")
            .mayNotAccessAnyLayer()
            .whereLayer("text")
            .mayOnlyBeAccessedByLayers("policy", "jobs");

    @ArchTest
    static final ArchRule SHOULD_HAVE_NO_CYCLES =
            slices().matching(ROOT + ".(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule SHOULD_KNOW_NOTHING_BUT_THE_PROTOCOL =
            com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", ROOT + "..", "io.jenkins.plugins.builderfarm.protocol..")
                    .orShould()
                    .haveFullyQualifiedName(ROOT + ".jobs.UnifiedDiff");

    @ArchTest
    static final ArchRule SHOULD_HAVE_NO_THREADS_OF_ITS_OWN = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(java.util.concurrent.Executor.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Timer")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule SHOULD_DO_NO_INPUT_OR_OUTPUT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..");

    @ArchTest
    static final ArchRule SHOULD_ASK_ONLY_THE_CLOCK_IT_WAS_GIVEN = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);
}
