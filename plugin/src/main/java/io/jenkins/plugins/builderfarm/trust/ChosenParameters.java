package io.jenkins.plugins.builderfarm.trust;

import hudson.Extension;
import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersDefinitionProperty;
import hudson.triggers.TimerTrigger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A reviewed job does what it was reviewed for only with the parameters that it declares: with others, a branch or a
 * revision say, it may build anything. They are fine if an administrator chose them, a reviewed build did, or the trigger
 * plugin of a submitted change.
 */
@Extension
public final class ChosenParameters implements CodeReview {
    @Override
    public Optional<Opinion> of(Subject subject) {
        if (subject.job().isEmpty()
                || Starter.of(subject).filter(Starter::vouches).isPresent()) {
            return Optional.empty();
        }
        Job<?, ?> job = subject.job().get();
        List<String> chosen = subject.parameters().stream()
                .filter(value ->
                        !isDefault(job, value) && !ChangeTriggers.isOfSubmittedChange(subject, value.getName()))
                .map(ParameterValue::getName)
                .toList();
        if (chosen.isEmpty() || isByReviewedBuild(subject)) {
            return Optional.empty();
        }
        return Optional.of(Opinion.doubt(by(subject) + " chose " + String.join(", ", chosen) + " for job "
                + job.getFullName() + ", and nobody who may administer the farm vouches for that"));
    }

    private static boolean isDefault(Job<?, ?> job, ParameterValue value) {
        ParametersDefinitionProperty property = job.getProperty(ParametersDefinitionProperty.class);
        ParameterDefinition definition = property == null ? null : property.getParameterDefinition(value.getName());
        // Another plugin's kind of parameter may go and ask a server for its default.
        return definition != null
                && definition.getClass().getName().startsWith("hudson.model.")
                && Objects.equals(definition.getDefaultParameterValue(), value);
    }

    /** Each of the builds that triggered this one; their own verdict is {@link Ancestry}'s to pass on. */
    private static boolean isByReviewedBuild(Subject subject) {
        List<Cause> causes = subject.causes();
        return !causes.isEmpty()
                && Starter.of(subject).isEmpty()
                && causes.stream()
                        .allMatch(cause ->
                                cause instanceof Cause.UpstreamCause || cause instanceof TimerTrigger.TimerTriggerCause)
                && causes.stream()
                        .filter(Cause.UpstreamCause.class::isInstance)
                        .allMatch(cause -> Ancestry.isReviewed(subject, (Cause.UpstreamCause) cause));
    }

    private static String by(Subject subject) {
        return Starter.of(subject).map(Starter::user).orElseGet(() -> subject.causes().stream()
                .findFirst()
                .map(cause -> "'" + cause.getShortDescription() + "'")
                .orElse("somebody"));
    }
}
