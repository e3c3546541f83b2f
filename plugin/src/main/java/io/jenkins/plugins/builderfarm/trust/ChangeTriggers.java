package io.jenkins.plugins.builderfarm.trust;

import hudson.Extension;
import hudson.model.Cause;
import hudson.model.ParameterValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes under review as trigger plugins announce them: Gerrit Trigger, GitHub Pull Request Builder, GitLab, and a
 * multibranch build that hands its {@code CHANGE_ID} on. By parameters' and classes' names: none of them need be here.
 */
@Extension
public final class ChangeTriggers implements CodeReview {
    private static final String GERRIT_EVENT = "GERRIT_EVENT_TYPE";
    private static final Set<String> GERRIT_SUBMITTED = Set.of("change-merged", "ref-updated", "ref-replicated");
    private static final String GERRIT_CAUSE = "com.sonyericsson.hudson.plugins.gerrit.trigger.";
    private static final String GITHUB_CAUSE = "org.jenkinsci.plugins.ghprb.";
    private static final String GITLAB_CAUSE = "com.dabsquared.gitlabjenkins.cause.";
    private static final Set<String> GITLAB_SUBMITTED = Set.of("PUSH", "TAG_PUSH");

    /** A parameter of one of these names that isn't empty makes it a build of a change under review. */
    private static final Map<String, String> NAMES = Map.of(
            "CHANGE_ID", "change request",
            "ghprbPullId", "GitHub pull request",
            "gitlabMergeRequestIid", "GitLab merge request",
            "gitlabMergeRequestId", "GitLab merge request",
            "PULL_NUMBER", "pull request",
            "BITBUCKET_PULL_REQUEST_ID", "Bitbucket pull request");

    @Override
    public Optional<Opinion> of(Subject subject) {
        return gerrit(subject).or(() -> named(subject)).or(() -> subject.causes().stream()
                .flatMap(cause -> byCause(subject, cause).stream())
                .findFirst());
    }

    private static Optional<Opinion> gerrit(Subject subject) {
        boolean present =
                subject.parameters().stream().anyMatch(value -> value.getName().startsWith("GERRIT_"));
        if (!present || GERRIT_SUBMITTED.contains(value(subject, GERRIT_EVENT).toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return Optional.of(Opinion.unreviewed(
                subject + " builds a patch set of Gerrit change " + value(subject, "GERRIT_CHANGE_NUMBER")));
    }

    private static Optional<Opinion> named(Subject subject) {
        return subject.parameters().stream()
                .filter(value ->
                        NAMES.containsKey(value.getName()) && !text(value).isBlank())
                .findFirst()
                .map(value ->
                        Opinion.unreviewed(subject + " builds " + NAMES.get(value.getName()) + " " + text(value)));
    }

    private static Optional<Opinion> byCause(Subject subject, Cause cause) {
        String type = cause.getClass().getName();
        if (type.startsWith(GITHUB_CAUSE)) {
            return Optional.of(Opinion.unreviewed(subject + " builds a GitHub pull request"));
        }
        if (type.startsWith(GITLAB_CAUSE) && !GITLAB_SUBMITTED.contains(gitlabAction(cause))) {
            return Optional.of(Opinion.unreviewed(subject + " builds a GitLab merge request"));
        }
        return Optional.empty();
    }

    /** Empty if that can't be read: then it is taken for a merge request. */
    private static String gitlabAction(Cause cause) {
        try {
            Object data = cause.getClass().getMethod("getData").invoke(cause);
            return String.valueOf(data.getClass().getMethod("getActionType").invoke(data));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return "";
        }
    }

    /** Whether the trigger plugin of a submitted change gave the parameter, and no person did. */
    static boolean isOfSubmittedChange(Subject subject, String parameter) {
        List<Cause> causes = subject.causes();
        return parameter.startsWith("GERRIT_")
                && Starter.of(subject).isEmpty()
                && !causes.isEmpty()
                && causes.stream().allMatch(cause -> cause.getClass().getName().startsWith(GERRIT_CAUSE));
    }

    private static String value(Subject subject, String name) {
        return subject.parameters().stream()
                .filter(value -> value.getName().equals(name))
                .findFirst()
                .map(ChangeTriggers::text)
                .orElse("");
    }

    private static String text(ParameterValue value) {
        return String.valueOf(value.getValue() == null ? "" : value.getValue());
    }
}
