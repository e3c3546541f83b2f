package io.jenkins.plugins.builderfarm.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jenkins.plugins.builderfarm.config.FarmXml;
import io.jenkins.plugins.builderfarm.history.ItemChange.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final String A = """
            <hostType>
                  <name>a</name>
                  <notes>x</notes>
                  <disabled>false</disabled>
                </hostType>""";
    private static final String B = entry("hostType", "b");
    private static final String SETTINGS = """
            <builderFarm>
              <hostTypes/>
              <builders/>
              <reviewedJobs>
                <string>one</string>
                <string>two</string>
              </reviewedJobs>
              <ruleSets>
                <ruleSet>
                  <name>default</name>
                  <rules>all</rules>
                </ruleSet>
              </ruleSets>
              <minimumBuildlet>1.0</minimumBuildlet>
            </builderFarm>""";
    private static final FarmXml BEFORE = new FarmXml(SETTINGS, List.of(A, B), List.of());

    private static String entry(String tag, String name) {
        return "<" + tag + ">\n      <name>" + name + "</name>\n    </" + tag + ">";
    }

    private static List<ItemChange> changes(FarmXml before, FarmXml after) throws IOException {
        return ItemChange.between(Picture.of(before), Picture.of(after));
    }

    private static List<ItemChange> hostTypes(String... entries) throws IOException {
        return changes(BEFORE, new FarmXml(SETTINGS, List.of(entries), List.of()));
    }

    private static List<ItemChange> settings(String settings) throws IOException {
        return changes(BEFORE, new FarmXml(settings, BEFORE.hostTypes(), List.of()));
    }

    @Test
    void shouldTellItemsApart() throws IOException {
        assertThat(hostTypes(A.replace("<notes>x", "<notes>y"), entry("hostType", "c")))
                .containsExactly(
                        new ItemChange(Kind.CHANGED, "host type a", List.of("-notes: x", "+notes: y")),
                        new ItemChange(Kind.RETIRED, "host type b", List.of("-name: b")),
                        new ItemChange(Kind.ADDED, "host type c", List.of("+name: c")));
        assertThat(changes(BEFORE, BEFORE)).isEmpty();
    }

    @Test
    void shouldTellTheFirstEntriesAndTheLast() throws IOException {
        FarmXml more = new FarmXml(SETTINGS, BEFORE.hostTypes(), List.of(entry("builder", "l")));
        assertThat(changes(BEFORE, more)).containsExactly(new ItemChange(Kind.ADDED, "builder l", List.of("+name: l")));
        assertThat(changes(more, BEFORE))
                .containsExactly(new ItemChange(Kind.RETIRED, "builder l", List.of("-name: l")));
        assertThat(ItemChange.between(Picture.NOTHING, Picture.of(BEFORE)))
                .extracting(ItemChange::item)
                .containsExactly("host type a", "host type b", "minimum buildlet", "reviewed jobs", "rule set default");
    }

    @Test
    void shouldTakeTheOrderOfNamedEntriesForNoChange() throws IOException {
        assertThat(hostTypes(B, A)).isEmpty();
        assertThat(hostTypes(B, entry("hostType", "0"), A))
                .containsExactly(new ItemChange(Kind.ADDED, "host type 0", List.of("+name: 0")));
    }

    @Test
    void shouldTellOneEntryOfASettingFromTheOthers() throws IOException {
        String more = SETTINGS.replace("  </ruleSets>", "    " + entry("ruleSet", "z") + "\n  </ruleSets>");
        assertThat(settings(more)).containsExactly(new ItemChange(Kind.ADDED, "rule set z", List.of("+name: z")));
        assertThat(settings(more.replace("<rules>all", "<rules>none")))
                .containsExactly(
                        new ItemChange(Kind.CHANGED, "rule set default", List.of("-rules: all", "+rules: none")),
                        new ItemChange(Kind.ADDED, "rule set z", List.of("+name: z")));
    }

    @Test
    void shouldShowAListWithoutNamesAsOneItem() throws IOException {
        assertThat(settings(SETTINGS.replace("    <string>two</string>\n", "")))
                .containsExactly(new ItemChange(Kind.CHANGED, "reviewed jobs", List.of("-string: two")));
        assertThat(settings(SETTINGS.replace("1.0", "2.0")))
                .containsExactly(new ItemChange(Kind.CHANGED, "minimum buildlet", List.of("-1.0", "+2.0")));
    }

    /** A value may look like the text around it; only a {@code <} can't be in it. */
    @Test
    void shouldNotBeMisledByLinesOfAValue() throws IOException {
        String value = "x\n    &lt;hostType&gt;\n  &lt;builders/&gt;\n&lt;/builderFarm\n    ";
        String shown = "x⏎    <hostType>⏎  <builders/>⏎</builderFarm⏎    ";
        assertThat(hostTypes(A.replace("<notes>x", "<notes>" + value), B))
                .containsExactly(new ItemChange(Kind.CHANGED, "host type a", List.of("-notes: x", "+notes: " + shown)));
        assertThat(settings(SETTINGS.replace("<rules>all", "<rules>" + value)))
                .containsExactly(
                        new ItemChange(Kind.CHANGED, "rule set default", List.of("-rules: all", "+rules: " + shown)));
        assertThat(settings(SETTINGS.replace("1.0", "a\n  ")))
                .containsExactly(new ItemChange(Kind.CHANGED, "minimum buildlet", List.of("-1.0", "+a⏎  ")));
    }

    @Test
    void shouldSayWhatCannotBeRead() {
        assertThatIOException()
                .isThrownBy(() -> hostTypes(A.replace("<notes>x", "<notes>&nothing;"), B))
                .withMessageContaining("the saved configuration can't be read");
    }
}
