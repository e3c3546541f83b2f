package io.jenkins.plugins.builderfarm.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jenkins.plugins.builderfarm.history.ItemChange.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final String BEFORE = """
            <builderFarm>
              <hostTypes>
                <hostType>
                  <name>a</name>
                  <notes>x</notes>
                  <disabled>false</disabled>
                </hostType>
                <hostType>
                  <name>b</name>
                </hostType>
              </hostTypes>
              <builders/>
              <reviewedJobs>
                <string>one</string>
                <string>two</string>
              </reviewedJobs>
              <minimumBuildlet>1.0</minimumBuildlet>
            </builderFarm>
            """.strip();

    private static List<ItemChange> changes(String before, String after) throws IOException {
        return ItemChange.between(Picture.of(before), Picture.of(after));
    }

    private static List<ItemChange> changes(String after) throws IOException {
        return changes(BEFORE, after);
    }

    @Test
    void shouldTellItemsApart() throws IOException {
        assertThat(changes(BEFORE.replace("<notes>x", "<notes>y").replace("<name>b", "<name>c")))
                .containsExactly(
                        new ItemChange(Kind.CHANGED, "host type a", List.of("-notes: x", "+notes: y")),
                        new ItemChange(Kind.RETIRED, "host type b", List.of("-name: b")),
                        new ItemChange(Kind.ADDED, "host type c", List.of("+name: c")));
        assertThat(changes(BEFORE)).isEmpty();
    }

    @Test
    void shouldTellTheFirstEntriesAndTheLast() throws IOException {
        String more = BEFORE.replace(
                "  <builders/>", "  <builders>\n    <builder>\n      <name>l</name>\n    </builder>\n  </builders>");
        assertThat(changes(more)).containsExactly(new ItemChange(Kind.ADDED, "builder l", List.of("+name: l")));
        assertThat(changes(more, BEFORE))
                .containsExactly(new ItemChange(Kind.RETIRED, "builder l", List.of("-name: l")));
        assertThat(ItemChange.between(Picture.NOTHING, Picture.of(BEFORE)))
                .extracting(ItemChange::item)
                .containsExactly("host type a", "host type b", "minimum buildlet", "reviewed jobs");
    }

    @Test
    void shouldTakeTheOrderOfNamedEntriesForNoChange() throws IOException {
        String second = "    <hostType>\n      <name>b</name>\n    </hostType>\n";
        assertThat(changes(BEFORE.replace(second, "").replace("  <hostTypes>\n", "  <hostTypes>\n" + second)))
                .isEmpty();
    }

    @Test
    void shouldShowAListWithoutNamesAsOneItem() throws IOException {
        assertThat(changes(BEFORE.replace("    <string>two</string>\n", "")))
                .containsExactly(new ItemChange(Kind.CHANGED, "reviewed jobs", List.of("-string: two")));
        assertThat(changes(BEFORE.replace("1.0", "2.0")))
                .containsExactly(new ItemChange(Kind.CHANGED, "minimum buildlet", List.of("-1.0", "+2.0")));
    }

    /** A value may look like the text around it; only a {@code <} can't be in it. */
    @Test
    void shouldNotBeMisledByLinesOfAValue() throws IOException {
        String value = "x\n    &lt;hostType&gt;\n  &lt;builders/&gt;\n</builderFarm\n    ".replace("</", "&lt;/");
        String odd = BEFORE.replace("<notes>x", "<notes>" + value);
        assertThat(changes(odd))
                .containsExactly(new ItemChange(
                        Kind.CHANGED,
                        "host type a",
                        List.of("-notes: x", "+notes: x⏎    <hostType>⏎  <builders/>⏎</builderFarm⏎    ")));
        assertThat(changes(odd.replace("1.0", "a\n  "), odd))
                .containsExactly(new ItemChange(Kind.CHANGED, "minimum buildlet", List.of("-a⏎  ", "+1.0")));
    }

    @Test
    void shouldSayWhatCannotBeRead() {
        assertThatIOException()
                .isThrownBy(() -> changes(BEFORE.replace("<notes>x", "<notes>&nothing;")))
                .withMessageContaining("the saved configuration can't be read");
    }
}
