package io.jenkins.plugins.builderfarm.coordinator.jobs;

import io.jenkins.plugins.builderfarm.coordinator.jobs.JobAction.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes one plan. A job is known by its mark, not by its name. */
final class Planner {
    private final Map<String, ExistingJob> byName = new HashMap<>();
    private final Map<String, List<ExistingJob>> byBuilder = new LinkedHashMap<>();
    private final List<JobAction> actions = new ArrayList<>();

    Planner(Collection<ExistingJob> existing) {
        for (ExistingJob job : existing) {
            byName.put(key(job.fullName()), job);
            job.owner().ifPresent(owner -> byBuilder
                    .computeIfAbsent(owner.builder(), builder -> new ArrayList<>())
                    .add(job));
        }
    }

    JobPlan plan(Collection<DesiredJob> desired) {
        Map<String, Integer> wanted = new HashMap<>();
        desired.forEach(job -> wanted.merge(key(job.fullName()), 1, Integer::sum));
        Set<String> builders = new HashSet<>();
        for (DesiredJob job : desired) {
            if (!builders.add(job.builder())) {
                throw new IllegalArgumentException("builder " + job.builder() + " has two jobs");
            }
            plan(job, wanted.get(key(job.fullName())) > 1);
        }
        byBuilder.forEach((builder, jobs) -> {
            if (!builders.contains(builder)) {
                jobs.forEach(job -> retire(builder, job, jobs.size() > 1));
            }
        });
        return new JobPlan(actions);
    }

    private void plan(DesiredJob desired, boolean wantedTwice) {
        List<ExistingJob> own = byBuilder.getOrDefault(desired.builder(), List.of());
        ExistingJob job = own.size() == 1
                ? own.get(0)
                : own.stream()
                        .filter(each -> key(each.fullName()).equals(key(desired.fullName())))
                        .findFirst()
                        .orElse(null);
        if (desired.problem() != null) {
            refuse(desired, desired.problem());
        } else if (job == null && !own.isEmpty()) {
            refuse(
                    desired,
                    own.size() + " jobs are marked as this builder's, none of them has this name: "
                            + String.join(
                                    ", ",
                                    own.stream().map(ExistingJob::fullName).toList()));
        } else if (job == null) {
            create(desired, wantedTwice);
        } else {
            update(desired, job);
        }
        for (ExistingJob other : own) {
            if (job != null && other != job) {
                add(
                        Kind.COPY,
                        desired,
                        other.fullName(),
                        "a copy of " + job.fullName() + ", which is the builder's",
                        "");
            }
        }
    }

    private void create(DesiredJob desired, boolean wantedTwice) {
        ExistingJob inTheWay = byName.get(key(desired.fullName()));
        if (wantedTwice) {
            refuse(desired, "another builder wants a job of this name too");
        } else if (inTheWay == null) {
            add(Kind.CREATE, desired, desired.fullName(), "", UnifiedDiff.of(desired.fullName(), "", desired.config()));
        } else {
            refuse(
                    desired,
                    inTheWay.owner()
                            .map(owner -> "there is a job of this name, which is builder " + owner.builder() + "'s")
                            .orElse("there is a job of this name that the farm didn't make, and doesn't touch"));
        }
    }

    private void update(DesiredJob desired, ExistingJob job) {
        Owner now = job.owner().orElseThrow();
        boolean moved = !key(job.fullName()).equals(key(desired.fullName()));
        String place = moved ? "it was moved here from " + desired.fullName() : "";
        if (now.equals(desired.owner())) {
            add(Kind.UNCHANGED, desired, job.fullName(), place, "");
        } else {
            String back = now.retired() ? "the builder is back, so the job is enabled" : "";
            add(
                    Kind.UPDATE,
                    desired,
                    job.fullName(),
                    place.isEmpty() || back.isEmpty() ? place + back : place + "; " + back,
                    UnifiedDiff.of(job.fullName(), job.config().get(), desired.config()));
        }
    }

    /**
     * Once only: who enables the job of a builder that is gone means it.
     *
     * @param copied whether there are several, of which nobody can tell the farm's from those that were copied by hand
     */
    private void retire(String builder, ExistingJob job, boolean copied) {
        boolean done = job.owner().orElseThrow().retired();
        actions.add(new JobAction(
                done ? Kind.UNCHANGED : copied ? Kind.REFUSED : Kind.DISABLE,
                builder,
                job.fullName(),
                null,
                copied && !done
                        ? "the builder is gone, and several jobs are marked as its own: disable them by hand"
                        : "the builder is gone; the job stays with its history",
                ""));
    }

    private void refuse(DesiredJob desired, String detail) {
        add(Kind.REFUSED, desired, desired.fullName(), detail, "");
    }

    private void add(Kind kind, DesiredJob desired, String fullName, String detail, String diff) {
        actions.add(new JobAction(kind, desired.builder(), fullName, desired, detail, diff));
    }

    /** Jenkins takes names for the same that differ in capitals alone. */
    private static String key(String fullName) {
        return fullName.toLowerCase(Locale.ROOT);
    }
}
