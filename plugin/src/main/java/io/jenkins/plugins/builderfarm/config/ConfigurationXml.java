package io.jenkins.plugins.builderfarm.config;

import hudson.XmlFile;
import hudson.util.TextFile;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;

/** How the configuration is kept on disk: by short names, which stay when a class moves. */
final class ConfigurationXml {
    private static final XStream2 XSTREAM = new XStream2();

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

    /** Sets what the text of a configuration says. */
    static void into(String text, Object configuration) {
        XSTREAM.fromXML(text, configuration);
    }

    /** Writes what {@link XmlFile} would, all or nothing; a text of {@link #text}. */
    static void write(String text, File file) throws IOException {
        new TextFile(file).write("<?xml version='1.1' encoding='UTF-8'?>\n" + text);
    }

    static XmlFile in(File file) {
        return new XmlFile(XSTREAM, file);
    }
}
