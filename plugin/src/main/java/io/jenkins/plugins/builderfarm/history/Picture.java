package io.jenkins.plugins.builderfarm.history;

import io.jenkins.plugins.builderfarm.config.FarmXml;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The farm's configuration as its saved XML says it, item by item: each host type and builder is one, as is each other
 * setting. It knows no field, so that it leaves none out. Immutable.
 *
 * <p>Only what differs is read as XML, and host types and builders come one by one: what a change of one costs hardly grows
 * with the number of the others. The rest of the text is divided by its indentation, which can't be mistaken: a line of a
 * value has no {@code <} but for the end of its own element.
 */
final class Picture {
    static final Picture NOTHING = new Picture(Map.of(), Map.of());

    private static final String SETTING = "  ";
    private static final String ENTRY = "    ";

    /** The XML of each setting that is no list of entries, by its tag. */
    private final Map<String, String> settings;

    /** Of each list of entries the XML of each, by the list's tag. */
    private final Map<String, List<String>> lists;

    private Picture(Map<String, String> settings, Map<String, List<String>> lists) {
        this.settings = settings;
        this.lists = lists;
    }

    static Picture of(FarmXml xml) {
        Map<String, String> settings = new LinkedHashMap<>();
        within(xml.settings(), SETTING).forEach(setting -> settings.put(tag(setting), setting));
        Map<String, List<String>> lists = Map.of("hostTypes", xml.hostTypes(), "builders", xml.builders());
        settings.keySet().removeAll(lists.keySet());
        return new Picture(settings, lists);
    }

    /**
     * The items that aren't word for word in the other one, by what people call them, {@code host type host-linux-amd64}: one
     * line for each value.
     *
     * @throws IOException if it is no XML
     */
    Map<String, List<String>> itemsNotIn(Picture other) throws IOException {
        Map<String, List<String>> items = new TreeMap<>();
        for (Map.Entry<String, List<String>> list : lists.entrySet()) {
            List<String> theirs = other.lists.getOrDefault(list.getKey(), List.of());
            for (String entry : Differing.in(list.getValue(), theirs)) {
                addEntry(items, parse(entry));
            }
        }
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String theirs = other.settings.getOrDefault(setting.getKey(), "");
            if (!setting.getValue().equals(theirs)) {
                addItems(items, setting.getValue(), within(theirs, ENTRY));
            }
        }
        return items;
    }

    private static void addEntry(Map<String, List<String>> items, Element entry) {
        items.put(words(entry.getTagName()) + " " + name(entry), lines(entry));
    }

    private static void addItems(Map<String, List<String>> items, String setting, List<String> theirs)
            throws IOException {
        List<String> entries = within(setting, ENTRY);
        List<Element> different = new ArrayList<>();
        for (String entry : Differing.in(entries, theirs)) {
            different.add(parse(entry));
        }
        // The first one, since the two that are compared must agree, even if nothing differs here.
        if (!entries.isEmpty()
                && name(parse(entries.get(0))) != null
                && different.stream().allMatch(entry -> name(entry) != null)) {
            different.forEach(entry -> addEntry(items, entry));
        } else {
            List<String> lines = lines(parse(setting));
            if (!lines.isEmpty()) {
                items.put(words(tag(setting)), lines);
            }
        }
    }

    /** What stands within an element at that indentation: its children. */
    private static List<String> within(String element, String indentation) {
        List<String> children = new ArrayList<>();
        String beginning = "\n" + indentation + "<";
        int begin = next(element, beginning, 0);
        while (begin >= 0) {
            int end = next(element, beginning, begin + 1);
            children.add(element.substring(begin + 1, end >= 0 ? end : element.lastIndexOf("\n"))
                    .strip());
            begin = end;
        }
        return children;
    }

    /** Where the next one begins, but not where one ends. */
    private static int next(String element, String beginning, int from) {
        int at = element.indexOf(beginning, from);
        while (at >= 0 && element.startsWith("/", at + beginning.length())) {
            at = element.indexOf(beginning, at + 1);
        }
        return at;
    }

    /** Without a regular expression, which would go on to the end of the text. */
    private static String tag(String element) {
        int end = 1;
        while (" />\n".indexOf(element.charAt(end)) < 0) {
            end++;
        }
        return element.substring(1, end);
    }

    private static Element parse(String xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader("<?xml version='1.1'?>" + xml)))
                    .getDocumentElement();
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
