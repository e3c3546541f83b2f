package io.jenkins.plugins.builderfarm.history;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The farm's configuration as its saved XML says it, item by item: each host type and builder is one, as is each other
 * setting. It knows no field, so that it leaves none out. Immutable.
 */
final class Picture {
    static final Picture NOTHING = new Picture(new TreeMap<>());

    /** By what people call it, {@code host type host-linux-amd64}: one line for each value. */
    private final Map<String, List<String>> items;

    private Picture(Map<String, List<String>> items) {
        this.items = items;
    }

    Map<String, List<String>> items() {
        return items;
    }

    /**
     * @param xml without a declaration; 1.1 as Jenkins's files
     * @throws IOException if it is no XML
     */
    static Picture of(String xml) throws IOException {
        Map<String, List<String>> items = new TreeMap<>();
        for (Element setting : children(parse(xml).getDocumentElement())) {
            List<Element> entries = children(setting);
            if (!entries.isEmpty() && entries.stream().allMatch(entry -> name(entry) != null)) {
                entries.forEach(entry -> items.put(words(entry.getTagName()) + " " + name(entry), lines(entry)));
            } else {
                List<String> lines = lines(setting);
                if (!lines.isEmpty()) {
                    items.put(words(setting.getTagName()), lines);
                }
            }
        }
        return new Picture(items);
    }

    private static Document parse(String xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader("<?xml version='1.1'?>" + xml)));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("the saved configuration can't be read: " + e.getMessage(), e);
        }
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element found) {
                children.add(found);
            }
        }
        return children;
    }

    /** Null unless the entry has a name. */
    private static String name(Element entry) {
        return children(entry).stream()
                .filter(child -> child.getTagName().equals("name"))
                .map(Element::getTextContent)
                .findFirst()
                .orElse(null);
    }

    /** {@code hostType} as {@code host type}. */
    private static String words(String tag) {
        String last = tag.substring(tag.lastIndexOf('.') + 1);
        return last.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }

    private static List<String> lines(Element element) {
        List<String> lines = new ArrayList<>();
        add(lines, "", element);
        return lines;
    }

    private static void add(List<String> lines, String path, Element element) {
        List<Element> children = children(element);
        if (children.isEmpty()) {
            String text = element.getTextContent();
            if (!text.isEmpty()) {
                lines.add((path.isEmpty() ? "" : path + ": ") + text.replace("\n", "⏎"));
            }
        }
        for (Element child : children) {
            String kind = child.getAttribute("class");
            String name = words(child.getTagName())
                    + (kind.isEmpty() ? "" : " " + words(kind.substring(kind.lastIndexOf('$') + 1)));
            if (!kind.isEmpty()
                    && children(child).isEmpty()
                    && child.getTextContent().isEmpty()) {
                lines.add((path.isEmpty() ? "" : path + ", ") + name);
            }
            add(lines, path.isEmpty() ? name : path + ", " + name, child);
        }
    }
}
