package io.jenkins.plugins.builderfarm.history;

import hudson.Extension;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.casc.Attribute;
import io.jenkins.plugins.casc.BaseConfigurator;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import java.util.function.Supplier;

/**
 * Does what configuration as code does to Jenkins's own configuration, to one that is given, a draft say; but a number has to
 * be one, as with {@link CheckedNumbers}.
 */
class FarmConfigurator extends BaseConfigurator<BuilderFarmConfiguration> {
    private final Supplier<BuilderFarmConfiguration> instance;

    FarmConfigurator(Supplier<BuilderFarmConfiguration> instance) {
        this.instance = instance;
    }

    @Override
    public Class<BuilderFarmConfiguration> getTarget() {
        return BuilderFarmConfiguration.class;
    }

    @Override
    protected BuilderFarmConfiguration instance(Mapping mapping, ConfigurationContext context) {
        return instance.get();
    }

    @Override
    public BuilderFarmConfiguration configure(CNode node, ConfigurationContext context) throws ConfiguratorException {
        CheckedNumbers.require(this, node, BuilderFarmConfiguration.NUMBERS);
        return super.configure(node, context);
    }

    @Override
    public BuilderFarmConfiguration check(CNode node, ConfigurationContext context) throws ConfiguratorException {
        CheckedNumbers.require(this, node, BuilderFarmConfiguration.NUMBERS);
        return super.check(node, context);
    }

    @Override
    public CNode describe(BuilderFarmConfiguration described, ConfigurationContext context) {
        Mapping mapping = new Mapping();
        for (Attribute<BuilderFarmConfiguration, ?> attribute : getAttributes()) {
            CNode value = attribute.describe(described, context);
            if (value != null) {
                mapping.put(attribute.getName(), value);
            }
        }
        return mapping;
    }

    /** Jenkins's own, for configuration as code itself. */
    @Extension(optional = true)
    public static final class OfJenkins extends FarmConfigurator {
        public OfJenkins() {
            super(BuilderFarmConfiguration::get);
        }
    }
}
