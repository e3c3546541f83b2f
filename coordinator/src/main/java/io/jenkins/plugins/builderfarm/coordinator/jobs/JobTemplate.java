package io.jenkins.plugins.builderfarm.coordinator.jobs;

import java.util.Objects;

/** What builders' jobs are made from. Immutable. */
public final class JobTemplate {
    private final String text;
    private final boolean xml;

    private JobTemplate(String text, boolean xml) {
        this.text = Objects.requireNonNull(text, "text");
        this.xml = xml;
    }

    /** The configuration of a job, as Jenkins writes it. */
    public static JobTemplate ofXml(String xml) {
        return new JobTemplate(xml, true);
    }

    /** A Pipeline script. */
    public static JobTemplate ofScript(String script) {
        return new JobTemplate(script, false);
    }

    /**
     * The template with the placeholders filled in, each escaped for where it stands.
     *
     * @throws TemplateException if there is one that isn't known, isn't finished, or whose value can't stand where it is
     */
    public String fillIn(Placeholders placeholders) {
        return xml ? XmlTemplate.expand(text, placeholders) : GroovyTemplate.expand(text, 1, placeholders);
    }
}
