package io.jenkins.plugins.builderfarm.testbed;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A module's pom as it is written, without what Maven makes of it. */
record Pom(Document document) {
    private static final String ARTIFACT = "builder-farm-";

    static Pom read(Path file) throws Exception {
        return new Pom(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
    }

    /** The reactor's modules, those of profiles too. */
    Set<String> modules() throws XPathExpressionException {
        return nodes("//module").map(Node::getTextContent).collect(Collectors.toSet());
    }

    /** The project's own modules that this one is compiled against or runs with; tests may use more. */
    Set<String> linkedModules() throws XPathExpressionException {
        Predicate<Node> tested = dependency -> text(dependency, "scope").equals("test");
        return nodes("/project/dependencies/dependency")
                .filter(tested.negate())
                .map(dependency -> text(dependency, "artifactId"))
                .filter(artifact -> artifact.startsWith(ARTIFACT))
                .map(artifact -> artifact.substring(ARTIFACT.length()))
                .map(name -> name.equals("stage0") ? "agent-stage0" : name)
                .collect(Collectors.toSet());
    }

    private Stream<Node> nodes(String path) throws XPathExpressionException {
        NodeList list =
                (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        return IntStream.range(0, list.getLength()).mapToObj(list::item);
    }

    private static String text(Node node, String child) {
        NodeList children = node.getChildNodes();
        return IntStream.range(0, children.getLength())
                .mapToObj(children::item)
                .filter(candidate -> candidate.getNodeName().equals(child))
                .map(candidate -> candidate.getTextContent().strip())
                .findFirst()
                .orElse("");
    }
}
