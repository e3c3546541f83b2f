package io.jenkins.plugins.builderfarm.config;

import hudson.XmlFile;
import hudson.util.AtomicFileWriter;
import hudson.util.XStream2;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How the configuration is kept on disk: by short names, which stay when a class moves. */
final class ConfigurationXml {
    private static final XStream2 XSTREAM = new XStream2();
    private static final int BUFFER = 1 << 16;

    static {
        XSTREAM.alias("builderFarm", BuilderFarmConfiguration.class);
        XSTREAM.alias("hostType", HostType.class);
        XSTREAM.alias("builder", Builder.class);
        XSTREAM.alias("owner", Owner.class);
        XSTREAM.alias("pipelineTemplate", PipelineTemplate.class);
        XSTREAM.alias("variable", EnvironmentVariable.class);
        XSTREAM.alias("ruleSet", SharedRules.class);
        XSTREAM.alias("releases", Releases.class);
        XSTREAM.alias("reversePool", ReversePool.class);
        XSTREAM.alias("cloud", ExistingCloud.class);
        SourceXml.register(XSTREAM);
    }

    private ConfigurationXml() {}

    static String text(Object configuration) {
        return XSTREAM.toXML(configuration);
    }

    /** One entry as it stands in the text of a configuration, without what is before and after it. */
    static String entry(Object entry) {
        String text = text(new Single(new ArrayList<>(List.of(entry))));
        String before = "\n  <entry>\n    ";
        return text.substring(text.indexOf(before) + before.length(), text.lastIndexOf("\n  </entry>"));
    }

    /** What {@link #entry} depends on. */
    static List<Object> leaves(Object entry) {
        return Leaves.of(entry, XSTREAM.getReflectionProvider());
    }

    /** Sets what the text of a configuration says. */
    static void into(String text, Object configuration) {
        XSTREAM.fromXML(text, configuration);
    }

    /** Writes what {@link XmlFile} would, all or nothing. */
    static void write(FarmXml xml, File file) throws IOException {
        AtomicFileWriter out = new AtomicFileWriter(file.toPath(), StandardCharsets.UTF_8);
        // It writes each piece through to the file.
        Writer buffered = new BufferedWriter(out, BUFFER);
        try {
            buffered.write("<?xml version='1.1' encoding='UTF-8'?>\n");
            xml.write(buffered);
            buffered.flush();
            out.commit();
        } finally {
            out.abort(); // nothing, after the commit
        }
    }

    static XmlFile in(File file) {
        return new XmlFile(XSTREAM, file);
    }

    /** As deep above the entry as the configuration is, and of the same plugin, which XStream would note otherwise. */
    private record Single(List<Object> entry) {}
}
