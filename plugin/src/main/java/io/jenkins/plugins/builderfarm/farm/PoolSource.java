package io.jenkins.plugins.builderfarm.farm;

import hudson.ExtensionPoint;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import java.util.List;

/** Whoever can say what the reverse pool looks like now: what the pages show. */
public interface PoolSource extends ExtensionPoint {
    /** The whole pool at this moment. */
    PoolView snapshot();

    /** The latest refusals, newest first: for administrators alone. */
    List<Refusal> refusals();
}
