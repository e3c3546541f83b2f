package io.jenkins.plugins.builderfarm.manage;

import io.jenkins.plugins.builderfarm.coordinator.jobs.JobAction;

/** What is done to a job, as its row says it. In the order in which rows stand. */
enum JobKind {
    REFUSED(JobAction.Kind.REFUSED, "refused", "error"),
    CREATE(JobAction.Kind.CREATE, "create", "success"),
    UPDATE(JobAction.Kind.UPDATE, "update", "accent"),
    DISABLE(JobAction.Kind.DISABLE, "disable", "warning"),
    COPY(JobAction.Kind.COPY, "ignored", "text"),
    UNCHANGED(JobAction.Kind.UNCHANGED, "in step", "text");

    private final JobAction.Kind action;
    private final String word;
    private final String color;

    JobKind(JobAction.Kind action, String word, String color) {
        this.action = action;
        this.word = word;
        this.color = color;
    }

    static JobKind of(JobAction.Kind action) {
        for (JobKind kind : values()) {
            if (kind.action == action) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no word for " + action);
    }

    JobAction.Kind action() {
        return action;
    }

    String word() {
        return word;
    }

    /** One of Jenkins's colour names. */
    String color() {
        return color;
    }
}
