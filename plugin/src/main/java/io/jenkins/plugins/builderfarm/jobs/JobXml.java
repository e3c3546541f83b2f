package io.jenkins.plugins.builderfarm.jobs;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A job's configuration file with and without the farm's mark. Stateless. */
final class JobXml {
    private static final Pattern MARK =
            Pattern.compile("\\s*<" + FarmJob.ELEMENT + "\\b[^>]*>.*?</" + FarmJob.ELEMENT + ">", Pattern.DOTALL);

    /** Jenkins writes XML 1.1; the parser here wants no more of it than 1.0 has. */
    private static final Pattern VERSION = Pattern.compile("^\\s*<\\?xml version=(['\"])1\\.1\\1");

    private JobXml() {}

    /** The text without the mark, as it is compared and used as a template. */
    static String withoutMark(String xml) {
        return MARK.matcher(xml).replaceAll("");
    }

    /** @throws IOException if the text is no XML with one element around all */
    static String withMark(String xml, FarmJob mark) throws IOException {
        try {
            Document document = parse(withoutMark(xml));
            Element properties = child(document.getDocumentElement(), "properties");
            properties.appendChild(document.importNode(parse(mark.xml()).getDocumentElement(), true));
            return write(document);
        } catch (SAXException | ParserConfigurationException | TransformerException e) {
            throw new IOException("the configuration is no XML: " + e.getMessage(), e);
        }
    }

    private static Element child(Element root, String name) {
        for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        Element made = root.getOwnerDocument().createElement(name);
        root.appendChild(made);
        return made;
    }

    private static Document parse(String xml) throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        String plain = VERSION.matcher(xml).replaceFirst("<?xml version='1.0'");
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(plain)));
    }

    private static String write(Document document) throws TransformerException {
        TransformerFactory factory = TransformerFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Transformer transformer = factory.newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        StringWriter text = new StringWriter();
        transformer.transform(new DOMSource(document), new StreamResult(text));
        return text.toString();
    }

    /** A Pipeline job with that script, in the sandbox. */
    static String pipeline(String script, String description) {
        return "<flow-definition>\n"
                + "  <description>" + escape(description) + "</description>\n"
                + "  <keepDependencies>false</keepDependencies>\n"
                + "  <properties/>\n"
                + "  <definition class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\">\n"
                + "    <script>" + escape(script) + "</script>\n"
                + "    <sandbox>true</sandbox>\n"
                + "  </definition>\n"
                + "  <triggers/>\n"
                + "  <disabled>false</disabled>\n"
                + "</flow-definition>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#13;");
    }
}
