package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.thoughtworks.xstream.XStreamException;
import hudson.model.Descriptor;
import io.jenkins.plugins.builderfarm.history.Transfer;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The configuration's XML is what XStream writes of all of it, though only those entries are written that changed. */
@WithJenkins
class EntryTextsITest {
    private static final Path GO_FARM = Path.of("../docs/examples/go-dashboard.yaml");
    private static final String ODD = "\n  <hostTypes/>\n    <builder>\u0001\t]]>&amp;\r\n</builderFarm>\n";

    private BuilderFarmConfiguration farm;

    @BeforeAll
    static void share(JenkinsRule rule) {
        // For all tests: each sets the whole configuration.
    }

    @BeforeEach
    void configure() {
        farm = BuilderFarmConfiguration.get();
        Samples.setEveryField(farm);
    }

    private void assertSameAsXStream(String what) {
        assertThat(farm.toXml().text()).as(what).isEqualTo(ConfigurationXml.text(farm));
    }

    @Test
    void shouldBeWhatXStreamWrites() throws Exception {
        assertSameAsXStream("every field");
        Transfer.apply(Files.readString(GO_FARM));
        assertSameAsXStream("the Go project's farm");

        farm.setBuilders(List.of());
        assertSameAsXStream("no builder");
        farm.setHostTypes(List.of());
        assertSameAsXStream("nothing");
        farm.setBuilders(List.of(Samples.everyBuilderField()));
        assertSameAsXStream("no host type");
    }

    @Test
    void shouldNotBeMisledByValues() {
        farm.setJobFolder(ODD);
        farm.setPipelineTemplates(List.of(new PipelineTemplate("odd", ODD)));
        Builder builder = Samples.everyBuilderField();
        builder.setNotes(ODD);
        HostType hostType = Samples.everyHostTypeField();
        hostType.setNotes(ODD);
        farm.change(now -> List.of(hostType), now -> List.of(builder));

        assertSameAsXStream("odd values");
        farm.load();
        assertThat(farm.builder(builder.getName()).orElseThrow().getNotes()).isEqualTo(ODD);
        assertSameAsXStream("read again");
    }

    /** By a script, for example: each field in turn, so that none is forgotten. */
    @Test
    void shouldSeeEveryFieldThatChangesInAnEntryInUse() throws Exception {
        HostType pool = farm.getHostTypes().get(0);
        HostType cloud = farm.getHostTypes().get(1);
        Builder builder = farm.getBuilders().get(0);
        // The parts before the whole, from which they are taken out.
        List<Object> parts = List.of(
                pool.getSource(),
                pool.getOwners().get(0),
                pool.getEnvironment().get(0),
                pool,
                cloud.getSource(),
                builder.getPlaceholders().get(0),
                builder);
        int fields = 0;
        for (Object part : parts) {
            for (Field field : part.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    FarmXml before = farm.toXml();
                    if (changed(field, part)) {
                        assertThat(farm.toXml()).as(field.toString()).isNotEqualTo(before);
                        assertSameAsXStream(field.toString());
                        fields++;
                    }
                }
            }
        }
        assertThat(fields).isGreaterThan(40);
    }

    /** Lists are changed by what they hold; the source of a host type is a part of its own. */
    private static boolean changed(Field field, Object part) throws IllegalAccessException {
        Object value = field.get(part);
        if (value instanceof String text) {
            field.set(part, text + "x");
        } else if (value instanceof Boolean flag) {
            field.set(part, !flag);
        } else if (value instanceof Integer number) {
            field.set(part, number + 1);
        } else if (value instanceof Enum<?> constant) {
            Object[] all = constant.getDeclaringClass().getEnumConstants();
            field.set(part, all[(constant.ordinal() + 1) % all.length]);
        } else if (value instanceof List<?> list) {
            field.set(part, new ArrayList<>(list.subList(1, list.size())));
        } else {
            assertThat(value).isInstanceOf(HostTypeSource.class);
            return false;
        }
        return true;
    }

    @Test
    void shouldTellListsApart() {
        HostType first = Samples.reverse("host-a");
        first.setJobs(List.of("a", "b"));
        farm.setHostTypes(List.of(first));
        FarmXml before = farm.toXml();
        ReversePool pool = (ReversePool) first.getSource();
        for (List<List<String>> names : List.of(
                List.of(List.of("a", "b"), List.<String>of()),
                List.of(List.of("a"), List.of("b")),
                List.of(List.<String>of(), List.of("a", "b")))) {
            pool.setDeniedMachines(names.get(0));
            pool.setPinnedMachines(names.get(1));
            assertThat(farm.toXml()).isNotEqualTo(before);
            assertSameAsXStream(names.toString());
        }
    }

    @Test
    void shouldWriteAnotherPluginsSourceEachTime() {
        Shelf shelf = new Shelf();
        farm.setHostTypes(List.of(new HostType("host-shelf", shelf)));
        shelf.rooms[0] = "b12";

        assertSameAsXStream("changed inside");
        assertThat(farm.toXml().text()).contains("<string>b12</string>");
    }

    @Test
    void shouldWriteASharedValueWithEachEntry() throws Exception {
        HostType first = Samples.everyHostTypeField();
        farm.setHostTypes(List.of(first, first.copy("host-copy")));
        farm.save();

        assertThat(ConfigurationXml.text(farm)).as("by XStream alone").contains("reference=");
        assertThat(Samples.xml(farm)).doesNotContain("reference=");
        FarmXml before = farm.toXml();
        farm.load();
        assertThat(farm.toXml()).isEqualTo(before);
        assertThat(farm.getHostTypes().get(1).reversePool().orElseThrow().getPinnedMachines())
                .containsExactly("board3");
    }

    @Test
    void shouldReadAFileWhereEntriesReferToOthers() throws Exception {
        HostType first = Samples.everyHostTypeField();
        farm.setHostTypes(List.of(first, first.copy("host-copy")));
        FarmXml before = farm.toXml();
        String withReferences = ConfigurationXml.text(farm);
        assertThat(withReferences).contains("reference=");
        Files.writeString(farm.getConfigFile().getFile().toPath(), withReferences);

        farm.load();

        assertThat(farm.toXml()).isEqualTo(before);
    }

    /** The measure of what a save costs: with 300 host types and 1,500 builders it is one of 1,800. */
    @Test
    void shouldWriteOnlyWhatChanged() throws Exception {
        Transfer.apply(Files.readString(GO_FARM));
        FarmXml before = farm.toXml();

        Entries.builders().setDisabled("linux-amd64-race", true);

        FarmXml after = farm.savedXml().orElseThrow();
        assertThat(after.hostTypes()).hasSize(75);
        assertThat(written(after, before)).singleElement().asString().contains("<name>linux-amd64-race</name>");
        // Lists that were bound anew, as configuration as code does, are the same as long as they say the same.
        farm.replaceBy(farm.draft());
        assertThat(written(farm.savedXml().orElseThrow(), after)).isEmpty();
    }

    private static List<String> written(FarmXml now, FarmXml before) {
        List<String> known = Stream.concat(before.hostTypes().stream(), before.builders().stream())
                .toList();
        return Stream.concat(now.hostTypes().stream(), now.builders().stream())
                .filter(text -> known.stream().noneMatch(old -> old == text))
                .toList();
    }

    /** As Jenkins does with any setting: the log says it, and the file is as it was. */
    @Test
    void shouldKeepTheFileWhereAnEntryCannotBeWritten() throws Exception {
        String before = Samples.xml(farm);
        Shelf shelf = new Shelf();
        shelf.broken = new Unwritable();

        farm.setHostTypes(List.of(new HostType("host-shelf", shelf)));

        assertThat(Samples.xml(farm)).isEqualTo(before);
        shelf.broken = null;
        farm.save();
        assertThat(Samples.xml(farm)).contains("host-shelf");
    }

    /** Another plugin's, as far as {@link Leaves} can tell: an array is nothing that it looks into. */
    public static final class Shelf extends HostTypeSource {
        private final String[] rooms = {""};
        private Unwritable broken;

        @TestExtension
        public static final class DescriptorImpl extends Descriptor<HostTypeSource> {
            @Override
            public String getDisplayName() {
                return "Shelf of this test";
            }
        }
    }

    /** XStream can't write it. */
    private static final class Unwritable {
        private Object writeReplace() {
            throw new XStreamException("this can't be written") {};
        }
    }
}
