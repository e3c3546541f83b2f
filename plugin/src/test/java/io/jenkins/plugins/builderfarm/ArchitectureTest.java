package io.jenkins.plugins.builderfarm;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** Which package may know which, and what every web method must do before anything else. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "io.jenkins.plugins.builderfarm";

    private static final DescribedPredicate<JavaMethod> WEB_METHOD = describe(
            "serve the web",
            method -> method.getName().matches("do[A-Z].*")
                    && method.getModifiers().contains(PUBLIC));

    @ArchTest
    static final ArchRule configurationKnowsNobody = noClasses()
            .that()
            .resideInAPackage(ROOT + ".config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others(
                    "keys", "farm", "reverse", "cloud", "conduct", "releases", "pages", "manage", "cli", "monitor"));

    @ArchTest
    static final ArchRule filesKnowNobody = noClasses()
            .that()
            .resideInAPackage(ROOT + ".store..")
            .should()
            .dependOnClassesThat(describe(
                    "are the plugin's of another package",
                    type -> type.getPackageName().startsWith(ROOT)
                            && !type.getPackageName().equals(ROOT + ".store")));

    @ArchTest
    static final ArchRule keysKnowConfigurationOnly = noClasses()
            .that()
            .resideInAPackage(ROOT + ".keys..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    others("farm", "reverse", "cloud", "conduct", "releases", "pages", "manage", "cli", "monitor"));

    @ArchTest
    static final ArchRule nobodyKnowsThePages = noClasses()
            .that()
            .resideOutsideOfPackages(others("pages", "manage", "cli", "monitor"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others("pages", "manage", "cli", "monitor"));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule webMethodsSayTheirVerb = methods()
            .that(WEB_METHOD)
            .should()
            .beAnnotatedWith(POST.class)
            .orShould()
            .beAnnotatedWith(RequirePOST.class)
            .orShould()
            .beAnnotatedWith(GET.class);

    @ArchTest
    static final ArchRule posterMayDoIt =
            methods().that(WEB_METHOD).and().areAnnotatedWith(POST.class).should(checkAPermission());

    @ArchTest
    static final ArchRule formsAreAskedByPost = methods()
            .that()
            .haveNameMatching("do(Check|Fill)[A-Z].*")
            .should(be(describe("annotated with @POST", (JavaMethod method) -> method.isAnnotatedWith(POST.class))));

    private static ArchCondition<JavaMethod> checkAPermission() {
        return new ArchCondition<>("check a permission") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean checked = checks(method, new HashSet<>());
                events.add(new SimpleConditionEvent(
                        method, checked, method.getFullName() + (checked ? " checks" : " checks no permission")));
            }
        };
    }

    /** Whether the method, or one of ours that it calls, asks for a permission. */
    private static boolean checks(JavaCodeUnit method, Set<JavaCodeUnit> seen) {
        return seen.add(method)
                && method.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTarget().getName().matches("(check|has)(Any)?Permission")
                                || call.getTargetOwner().getPackageName().startsWith(ROOT)
                                        && call.getTarget()
                                                .resolveMember()
                                                .filter(target -> checks(target, seen))
                                                .isPresent());
    }

    private static String[] others(String... packages) {
        String[] patterns = new String[packages.length];
        for (int i = 0; i < packages.length; i++) {
            patterns[i] = ROOT + "." + packages[i] + "..";
        }
        return patterns;
    }
}
