package io.jenkins.plugins.builderfarm.config;

import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An element of a file whose meaning isn't known. Immutable. */
record XmlTree(String name, Map<String, String> attributes, String text, List<XmlTree> children) {
    XmlTree {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    XmlTree(String name, String type, String text) {
        this(name, Map.of("class", type), text, List.of());
    }

    /** Null if there is none of that name. */
    String attribute(String key) {
        return attributes.get(key);
    }

    /** The element at which the reader stands, where it still stands afterwards. */
    static XmlTree read(HierarchicalStreamReader reader) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Iterator<?> names = reader.getAttributeNames(); names.hasNext(); ) {
            String key = (String) names.next();
            attributes.put(key, reader.getAttribute(key));
        }
        String name = reader.getNodeName();
        String text = reader.getValue();
        List<XmlTree> children = new ArrayList<>();
        while (reader.hasMoreChildren()) {
            reader.moveDown();
            children.add(read(reader));
            reader.moveUp();
        }
        return new XmlTree(name, attributes, children.isEmpty() ? text : "", children);
    }

    /** What is in the element, into one that was begun. */
    void writeContent(HierarchicalStreamWriter writer) {
        if (!text.isEmpty()) {
            writer.setValue(text);
        }
        for (XmlTree child : children) {
            writer.startNode(child.name);
            child.attributes.forEach(writer::addAttribute);
            child.writeContent(writer);
            writer.endNode();
        }
    }
}
