package io.jenkins.plugins.builderfarm.history;

import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.casc.Attribute;
import io.jenkins.plugins.casc.BaseConfigurator;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;

/** Does what configuration as code does to Jenkins's own configuration, to one that is given: a draft. */
final class FarmConfigurator extends BaseConfigurator<BuilderFarmConfiguration> {
    private final BuilderFarmConfiguration instance;

    FarmConfigurator(BuilderFarmConfiguration instance) {
        this.instance = instance;
    }

    @Override
    public Class<BuilderFarmConfiguration> getTarget() {
        return BuilderFarmConfiguration.class;
    }

    @Override
    protected BuilderFarmConfiguration instance(Mapping mapping, ConfigurationContext context) {
        return instance;
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
}
