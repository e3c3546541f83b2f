package io.jenkins.plugins.builderfarm.farm;

import hudson.ExtensionPoint;
import io.jenkins.plugins.builderfarm.coordinator.port.ReleaseFeed;

/** Whoever knows which buildlet machines are to run. */
public interface ReleaseFeedExtension extends ReleaseFeed, ExtensionPoint {}
