package io.jenkins.plugins.builderfarm.config;

import hudson.Extension;
import hudson.model.Descriptor;
import java.util.Objects;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * A source of a plugin that isn't there now. Nothing makes machines for its host type, but what was said of it is kept
 * and saved with the rest, and is that source again once the plugin is back. Immutable.
 */
public final class MissingSource extends HostTypeSource {
    /** What a form sends, which must not say what is in a file. */
    private static final MissingSource UNCHANGED = new MissingSource(new XmlTree("source", "", ""));

    /** With the attributes {@code class} and, perhaps, {@code plugin}. */
    private final XmlTree xml;

    MissingSource(XmlTree xml) {
        this.xml = xml;
    }

    XmlTree xml() {
        return xml;
    }

    /** The name that the source's class has in the file. */
    public String type() {
        return xml.attribute("class");
    }

    /** {@code gce-farm@1.2}, or the class if the file doesn't say which plugin it is of. */
    String origin() {
        return Objects.requireNonNullElse(xml.attribute("plugin"), type());
    }

    /** A form shows this source and can't change it: what it sends stands for what there was. */
    static HostType restored(HostType bound, String original) {
        if (!(bound.getSource() instanceof MissingSource)) {
            return bound;
        }
        return BuilderFarmConfiguration.get()
                .hostType(original)
                .map(HostType::getSource)
                .filter(MissingSource.class::isInstance)
                .map(bound::withSource)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the plugin of this source is not installed: choose another source"));
    }

    /** Not offered to people: {@link HostType.DescriptorImpl#getSources} adds it where there is one. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<HostTypeSource> {
        @Override
        public String getDisplayName() {
            return "As before: a source of a plugin that is not installed";
        }

        @Override
        public HostTypeSource newInstance(StaplerRequest2 req, JSONObject formData) {
            return UNCHANGED;
        }
    }
}
