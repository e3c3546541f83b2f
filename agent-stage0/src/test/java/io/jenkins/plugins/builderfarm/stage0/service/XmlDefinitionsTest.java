package io.jenkins.plugins.builderfarm.stage0.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The definitions in XML: well-formed, of the right structure, and saying what was asked. */
final class XmlDefinitionsTest {
    static Document parse(String xml) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        // The document types are on the systems that read the files, and on the network, neither of which this needs.
        builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
        return builder.parse(new InputSource(new StringReader(xml)));
    }

    private static String text(Document document, String element) {
        NodeList nodes = document.getElementsByTagName(element);
        assertThat(nodes.getLength()).as(element).isEqualTo(1);
        return nodes.item(0).getTextContent();
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
            if (parent.getChildNodes().item(i) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** The value behind a key of a property list's dictionary. */
    private static Element value(Element dict, String key) {
        List<Element> elements = children(dict);
        for (int i = 0; i < elements.size(); i += 2) {
            assertThat(elements.get(i).getTagName()).isEqualTo("key");
            if (elements.get(i).getTextContent().equals(key)) {
                return elements.get(i + 1);
            }
        }
        throw new AssertionError("no key " + key);
    }

    @ParameterizedTest(name = "reboot {0}")
    @ValueSource(booleans = {false, true})
    void shouldMakeAPropertyList(boolean reboot) throws Exception {
        Service service = TestServices.of(TestServices.NASTY, reboot);
        String xml = ServiceSystem.LAUNCHD.write(service);
        Document document = parse(xml);
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("plist");
        Element dict = children(document.getDocumentElement()).get(0);
        assertThat(dict.getTagName()).isEqualTo("dict");
        assertThat(children(value(dict, "ProgramArguments")).stream().map(Element::getTextContent))
                .containsExactlyElementsOf(LastWords.of(service.command(), TestServices.LOG));
        assertThat(value(dict, "StandardOutPath").getTextContent()).isEqualTo("/dev/null");
        assertThat(value(dict, "StandardErrorPath").getTextContent()).isEqualTo("/dev/null");
        assertThat(value(dict, "UserName").getTextContent()).isEqualTo("builder");
        assertThat(value(dict, "KeepAlive").getTagName()).isEqualTo("true");
        assertThat(value(dict, "ThrottleInterval").getTextContent()).isEqualTo("5");
        assertThat(children(value(dict, "EnvironmentVariables")).stream().map(Element::getTextContent))
                .containsExactly("BUILDER_KEY_PATH", "/etc/farm's \"key\"");
        assertThat(xml.contains("NOPASSWD: /sbin/shutdown -r now")).isEqualTo(reboot);
    }

    @Test
    void shouldMakeAWinSwConfiguration() throws Exception {
        Service service = TestServices.of(TestServices.NASTY_ON_WINDOWS);
        Document document = parse(ServiceSystem.WINDOWS.write(service));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("service");
        assertThat(text(document, "executable")).isEqualTo(service.command().get(0));
        List<String> arguments = WindowsArguments.parse(text(document, "arguments"));
        assertThat(arguments).endsWith("-loop");
        assertThat(arguments.subList(0, arguments.size() - 1))
                .containsExactlyElementsOf(
                        service.command().subList(1, service.command().size()));
        assertThat(text(document, "username")).isEqualTo("NT SERVICE\\builder-farm");
        Element restart = (Element) document.getElementsByTagName("onfailure").item(0);
        assertThat(restart.getAttribute("action") + restart.getAttribute("delay"))
                .isEqualTo("restart5 sec");
        Element env = (Element) document.getElementsByTagName("env").item(0);
        assertThat(env.getAttribute("value")).isEqualTo("/etc/farm's \"key\"");
    }

    @Test
    void shouldRefuseWhatWinSwWouldExpand() {
        assertThatThrownBy(() -> ServiceSystem.WINDOWS.write(TestServices.of(List.of("a%PATH%b"))))
                .hasMessageContaining("WinSW would take what is between two % for an environment variable");
        assertThat(ServiceSystem.WINDOWS.write(TestServices.of(List.of("100%"))))
                .contains("100%");
    }

    @ParameterizedTest(name = "reboot {0}")
    @ValueSource(booleans = {false, true})
    void shouldMakeAManifest(boolean reboot) throws Exception {
        String xml = ServiceSystem.SMF.write(TestServices.of(TestServices.NASTY, reboot));
        Document document = parse(xml);
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("service_bundle");
        Element service = children(document.getDocumentElement()).get(0);
        assertThat(service.getAttribute("name")).isEqualTo("site/builder-farm");
        // In the order that the document type wants.
        assertThat(children(service).stream().map(Element::getTagName))
                .containsExactly(
                        "create_default_instance",
                        "single_instance",
                        "dependency",
                        "method_context",
                        "exec_method",
                        "exec_method",
                        "property_group",
                        "stability",
                        "template");
        Element credential =
                (Element) document.getElementsByTagName("method_credential").item(0);
        assertThat(credential.getAttribute("user")).isEqualTo("builder");
        assertThat(credential.getAttribute("limit_privileges")).isEqualTo(reboot ? "" : "basic");
        assertThat(xml.contains("BUILDER_REBOOT_COMMAND=pfexec shutdown -y -g0 -i6"))
                .isEqualTo(reboot);
    }

    @Test
    void shouldSurviveAHomeThatWouldEndAComment() throws Exception {
        Service plain = TestServices.of(List.of());
        Service service = new Service(
                plain.name(),
                plain.user(),
                "/home/--><x&y",
                plain.command(),
                plain.environment(),
                plain.read(),
                plain.written(),
                Optional.of("/home/--><x&y/log"),
                true,
                plain.memory(),
                plain.cpu());
        for (ServiceSystem system : List.of(ServiceSystem.LAUNCHD, ServiceSystem.SMF, ServiceSystem.WINDOWS)) {
            assertThat(parse(system.write(service)).getElementsByTagName("x").getLength())
                    .isZero();
        }
    }
}
