package io.jenkins.plugins.builderfarm.pages;

import hudson.ExtensionList;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import io.jenkins.plugins.builderfarm.farm.PoolSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The reverse pool as pages see it; empty as long as there is none. */
final class Pool {
    private Pool() {}

    private static Optional<PoolSource> source() {
        return ExtensionList.lookup(PoolSource.class).stream().findFirst();
    }

    static PoolView now() {
        return source().map(PoolSource::snapshot).orElseGet(() -> new PoolView(Instant.now(), List.of(), List.of()));
    }

    static List<Refusal> refusals() {
        return source().map(PoolSource::refusals).orElse(List.of());
    }
}
