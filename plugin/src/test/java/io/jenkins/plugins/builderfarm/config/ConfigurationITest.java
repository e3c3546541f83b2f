package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.BulkChange;
import hudson.XmlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is kept on disk, who is told of a change, and that both survive older and damaged files. */
@WithJenkins
class ConfigurationITest {
    private BuilderFarmConfiguration farm;

    @BeforeEach
    void find(JenkinsRule jenkins) {
        farm = BuilderFarmConfiguration.get();
    }

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        Samples.setEveryField(farm);
        String written = Samples.xml(farm);

        farm.load();
        farm.save();

        assertThat(Samples.xml(farm)).isEqualTo(written);
        assertThat(farm.hostType("host-linux-riscv64-unmatched").orElseThrow().getEnvironment())
                .singleElement()
                .returns("/usr/lib/go bootstrap", EnvironmentVariable::getValue);
    }

    @Test
    void shouldReadVersion1() throws IOException {
        Files.copy(fixture("version-1.xml"), file());

        farm.load();
        farm.save();

        String saved = Samples.xml(farm);
        assertThat(withoutVersion(saved)).isEqualTo(withoutVersion(Files.readString(fixture("version-1.xml"))));
        Samples.setEveryField(farm);
        assertThat(Samples.xml(farm)).as("the file has every field there is").isEqualTo(saved);
    }

    @Test
    void shouldFillWhatAnOlderFileLacks() throws IOException {
        Files.copy(fixture("sparse.xml"), file());

        farm.load();

        HostType type = farm.hostType("host-linux-amd64").orElseThrow();
        assertThat(type.getTrust()).isEqualTo(Trust.REVIEWED);
        assertThat(type.getEnvironment()).isEmpty();
        assertThat(type.getOwners()).isEmpty();
        assertThat(farm.builder("linux-amd64").orElseThrow().getKnownIssues()).isEmpty();
        assertThat(farm.getControllerUrls()).isEmpty();
        assertThat(farm.getMinimumBuildlet()).isEmpty();
        assertThat(farm.getRetries()).isEqualTo(2);
    }

    @Test
    void shouldLeaveOutWhatIsWrongInAFile() throws IOException {
        Files.copy(fixture("damaged.xml"), file());

        farm.load();

        assertThat(farm.getHostTypes()).extracting(HostType::getName).containsExactly("host-good");
    }

    @Test
    void shouldTellListenersOncePerChange() throws IOException {
        Told told = Told.get();

        farm.setMinimumBuildlet("1.0");
        assertThat(told.times).hasValue(1);

        try (BulkChange change = new BulkChange(farm)) {
            Samples.setEveryField(farm);
            change.commit();
        }
        assertThat(told.times).hasValue(2);
        assertThat(told.onDisk).contains("linux-riscv64-race");
    }

    /** A full disk is hard to come by; a directory in the file's place can't be replaced, either. */
    @Test
    void shouldSayThatAChangeIsNotSaved() throws IOException {
        farm.setMinimumBuildlet("1.0");
        Path kept = Files.move(file(), file().resolveSibling("kept.xml"));
        Path inTheWay = Files.createFile(Files.createDirectory(file()).resolve("in-the-way"));

        farm.setMinimumBuildlet("1.1");

        assertThat(farm.problems())
                .singleElement()
                .asString()
                .startsWith("The last change could not be saved and will be gone when Jenkins starts again: ")
                .contains(file().getFileName().toString());
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .as("nothing half-written")
                    .noneMatch(name -> name.contains("-atomic"));
        }

        Files.delete(inTheWay);
        Files.delete(file());
        Files.move(kept, file());
        farm.save();
        assertThat(farm.problems()).isEmpty();
        assertThat(Samples.xml(farm)).contains("<minimumBuildlet>1.1</minimumBuildlet>");
    }

    private Path file() {
        return farm.getConfigFile().getFile().toPath();
    }

    private static Path fixture(String name) {
        return Path.of("src/test/resources/io/jenkins/plugins/builderfarm/config", name);
    }

    private static String withoutVersion(String xml) {
        return xml.replaceAll(" plugin=\"builder-farm@[^\"]*\"", "");
    }

    /** Remembers how often it was told, and what the file said then. */
    @TestExtension
    public static final class Told implements ConfigurationListener {
        private final AtomicInteger times = new AtomicInteger();
        private volatile String onDisk = "";

        static Told get() {
            return hudson.ExtensionList.lookupSingleton(Told.class);
        }

        @Override
        public void changed(BuilderFarmConfiguration configuration) {
            XmlFile file = configuration.getConfigFile();
            try {
                onDisk = file.asString();
            } catch (IOException e) {
                onDisk = e.getMessage();
            }
            times.incrementAndGet();
        }
    }
}
