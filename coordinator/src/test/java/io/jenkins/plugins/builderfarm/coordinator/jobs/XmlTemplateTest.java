package io.jenkins.plugins.builderfarm.coordinator.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class XmlTemplateTest {
    private static final String BAD = "<a b=\"c\">&amp;'-->]]>\tx\n$y\\z";
    private static final Placeholders VALUES = Placeholders.of(Map.of(
            "name", Value.of("linux-386"),
            "bad", Value.of(BAD),
            "bell", Value.of("\u0007"),
            "scale", Value.of(5)));

    @Test
    void shouldLeaveEverythingElseAsItIs() {
        String xml = "<?xml version='1.1' encoding='UTF-8'?>\n<!DOCTYPE x>\n<project a='b' >\r\n\t<!-- c -->&lt;<b/>"
                + "<x><![CDATA[<y>]]></x></project >\n";

        assertThat(fill(xml)).isEqualTo(xml);
    }

    @Test
    void shouldEscapeForWhereItStands() throws Exception {
        Document filled = parse(
                fill("<p><t>@{bad}</t><a x='@{bad}' y=\"@{bad}\" z='>'/><!-- @{bad} --><c><![CDATA[@{bad}]]></c></p>"));

        assertThat(filled.getElementsByTagName("t").item(0).getTextContent()).isEqualTo(BAD);
        assertThat(filled.getElementsByTagName("c").item(0).getTextContent()).isEqualTo(BAD);
        var attributes = filled.getElementsByTagName("a").item(0).getAttributes();
        assertThat(attributes.getNamedItem("x").getNodeValue()).isEqualTo(BAD);
        assertThat(attributes.getNamedItem("y").getNodeValue()).isEqualTo(BAD);
        assertThat(filled.getDocumentElement().getChildNodes().item(2).getTextContent())
                .isEqualTo(" " + BAD.replace('-', '\u2010') + " ");
    }

    @Test
    void shouldFillInAPipelinesScriptAsGroovy() throws Exception {
        String definition = "<flow-definition plugin='w'><description>@{name}'s</description>"
                + "<definition class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\" plugin=\"x\">"
                + "<script>%s</script><sandbox>true</sandbox></definition></flow-definition>";

        String text = fill(definition.formatted("node(&apos;@{bad}&apos;) { if (1 &lt; @{scale}) x(@{name}) }"));
        Document filled = parse(text);
        assertThat(filled.getElementsByTagName("script").item(0).getTextContent())
                .isEqualTo("node('<a b=\\\"c\\\">&amp;\\'-->]]>\tx\\n$y\\\\z') { if (1 < 5) x('linux-386') }");
        assertThat(filled.getElementsByTagName("description").item(0).getTextContent())
                .isEqualTo("linux-386's");

        Document cdata = parse(fill(definition.formatted("<![CDATA[x(\"@{bad}\") // ]]>")));
        assertThat(cdata.getElementsByTagName("script").item(0).getTextContent())
                .isEqualTo("x(\"<a b=\\\"c\\\">&amp;\\'-->]]>\tx\\n\\$y\\\\z\") // ");
    }

    @Test
    void shouldTakeOtherScriptsForText() {
        assertThat(fill("<p><script>@{name}</script></p>")).isEqualTo("<p><script>linux-386</script></p>");
    }

    @Test
    void shouldNameTheLine() {
        assertThatThrownBy(() -> fill("<p>\n<a>@{x}</a></p>"))
                .hasMessageStartingWith("line 2: there is no placeholder 'x'");
        assertThatThrownBy(() -> fill("<d class='CpsFlowDefinition'>\n<script>\n\n@{nme}</script></d>"))
                .hasMessageStartingWith("line 4: there is no placeholder 'nme'; did you mean name?");
        assertThatThrownBy(() -> fill("<p @{name}='x'/>"))
                .hasMessage("line 1: a placeholder can't be an element's or attribute's name");
        assertThatThrownBy(() -> fill("\n<p>@{bell}</p>"))
                .hasMessage("line 2: the value has a control character, which XML can't have");
    }

    private static String fill(String xml) {
        return JobTemplate.ofXml(xml).fillIn(VALUES);
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
