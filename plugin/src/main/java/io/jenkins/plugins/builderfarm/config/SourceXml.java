package io.jenkins.plugins.builderfarm.config;

import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import com.thoughtworks.xstream.io.ReaderWrapper;
import com.thoughtworks.xstream.mapper.CannotResolveClassException;
import com.thoughtworks.xstream.mapper.Mapper;
import hudson.util.XStream2;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads and writes host types whose source is of a plugin that may be gone. XStream would leave such a source out, Jenkins
 * the whole host type with it, and the next save would make that final.
 */
final class SourceXml {
    /** The {@code class} of a source that was missing when it was saved. */
    static final String ALIAS = "missingSource";

    /** The attribute that says, then, what its class was. */
    private static final String WAS = "was";

    private static final String CLASS = "class";

    private SourceXml() {}

    static void register(XStream2 xstream) {
        xstream.alias(ALIAS, MissingSource.class);
        xstream.registerConverter(new MissingConverter(xstream.getMapper()));
        xstream.registerConverter(new HostTypeConverter(
                xstream.getConverterLookup().lookupConverterForType(HostType.class), xstream.getMapper()));
    }

    /** A source of this name that is known, or null. */
    private static Class<?> known(Mapper mapper, String name) {
        try {
            Class<?> type = mapper.realClass(name);
            return HostTypeSource.class.isAssignableFrom(type) ? type : null;
        } catch (CannotResolveClassException e) {
            return null;
        }
    }

    /** As Jenkins does it by itself, but that a source of an unknown class is a {@link MissingSource}. */
    private record HostTypeConverter(Converter usual, Mapper mapper) implements Converter {
        @Override
        @SuppressWarnings("rawtypes") // as it is inherited
        public boolean canConvert(Class type) {
            return type == HostType.class;
        }

        @Override
        public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
            usual.marshal(source, writer, context);
        }

        @Override
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            return usual.unmarshal(
                    new ReaderWrapper(reader) {
                        @Override
                        public String getAttribute(String name) {
                            String value = super.getAttribute(name);
                            boolean isMissing = CLASS.equals(name)
                                    && value != null
                                    && "source".equals(getNodeName())
                                    && known(mapper, value) == null;
                            return isMissing ? ALIAS : value;
                        }
                    },
                    context);
        }
    }

    private record MissingConverter(Mapper mapper) implements Converter {
        @Override
        @SuppressWarnings("rawtypes") // as it is inherited
        public boolean canConvert(Class type) {
            return type == MissingSource.class;
        }

        /** Its {@code class} was written before this is called. */
        @Override
        public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
            XmlTree xml = ((MissingSource) source).xml();
            xml.attributes().forEach((name, value) -> writer.addAttribute(CLASS.equals(name) ? WAS : name, value));
            xml.writeContent(writer);
        }

        @Override
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            String was = reader.getAttribute(WAS);
            String type = was == null ? reader.getAttribute(CLASS) : was;
            Class<?> known = known(mapper, type);
            if (known != null && known != MissingSource.class) {
                return context.convertAnother(context.currentObject(), known);
            }
            XmlTree read = XmlTree.read(reader);
            Map<String, String> attributes = new HashMap<>(read.attributes());
            attributes.remove(WAS);
            attributes.put(CLASS, type);
            return new MissingSource(new XmlTree(read.name(), attributes, read.text(), read.children()));
        }
    }
}
