package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class FirstClassesITest {
    /** The classes are Jenkins's and its plugins'. */
    @BeforeAll
    static void share(JenkinsRule rule) {
        assertThat(rule.jenkins).isNotNull();
    }

    @Test
    void shouldPackEveryClassThatIsListed() throws Exception {
        Map<String, List<String>> listed = FirstClasses.read();

        assertThat(FirstClasses.packs()).extracting(ClassPack::owner).containsExactlyElementsOf(listed.keySet());
        for (ClassPack pack : FirstClasses.packs()) {
            try (JarFile jar = new JarFile(new File(pack.jar().toURI()))) {
                assertThat(jar.stream()
                                .map(entry ->
                                        entry.getName().replace(".class", "").replace('/', '.')))
                        .as("what this Jenkins has of the classes listed for " + pack.owner())
                        .containsExactlyElementsOf(listed.get(pack.owner()));
            }
        }
    }

    @Test
    void shouldLeaveOutWhatALoaderDoesNotHave() throws Exception {
        ClassLoader loader = getClass().getClassLoader();

        assertThat(ClassPack.of("x", loader, List.of("no.such.Class"))).isEmpty();
        assertThat(ClassPack.of("x", loader, List.of("no.such.Class", getClass().getName())))
                .isPresent();
    }
}
