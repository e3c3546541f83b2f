package io.jenkins.plugins.builderfarm.history;

import hudson.Extension;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.config.WholeNumber;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.impl.configurators.DataBoundConfigurator;
import io.jenkins.plugins.casc.model.CNode;
import java.util.Set;

/**
 * As configuration as code does it by itself, but that a number has to be one: it would take {@code expected: many} for 0.
 *
 * @param <T> what has the numbers
 */
abstract class CheckedNumbers<T> extends DataBoundConfigurator<T> {
    private final Set<String> fields;

    CheckedNumbers(Class<T> type, Set<String> fields) {
        super(type);
        this.fields = fields;
    }

    @Override
    public T configure(CNode node, ConfigurationContext context) throws ConfiguratorException {
        require(this, node, fields);
        return super.configure(node, context);
    }

    @Override
    public T check(CNode node, ConfigurationContext context) throws ConfiguratorException {
        require(this, node, fields);
        return super.check(node, context);
    }

    /** @throws ConfiguratorException if one of the fields is there and isn't a whole number; names it and its place */
    static void require(Configurator<?> configurator, CNode node, Set<String> fields) throws ConfiguratorException {
        if (node == null || node.getType() != CNode.Type.MAPPING) {
            return;
        }
        for (String field : fields) {
            CNode value = node.asMapping().get(field);
            if (value != null) {
                require(configurator, field, value);
            }
        }
    }

    private static void require(Configurator<?> configurator, String field, CNode value) throws ConfiguratorException {
        try {
            WholeNumber.require(field, value.asScalar().getValue());
        } catch (IllegalArgumentException e) {
            throw new ConfiguratorException(configurator, e.getMessage() + value.getSourceLocation(), e);
        }
    }

    /** The reverse pool's. */
    @Extension(optional = true)
    public static final class OfReversePool extends CheckedNumbers<ReversePool> {
        public OfReversePool() {
            super(ReversePool.class, ReversePool.NUMBERS);
        }
    }

    /** Other clouds'. */
    @Extension(optional = true)
    public static final class OfExistingCloud extends CheckedNumbers<ExistingCloud> {
        public OfExistingCloud() {
            super(ExistingCloud.class, ExistingCloud.NUMBERS);
        }
    }

    /** Builders'. */
    @Extension(optional = true)
    public static final class OfBuilder extends CheckedNumbers<Builder> {
        public OfBuilder() {
            super(Builder.class, Builder.NUMBERS);
        }
    }
}
