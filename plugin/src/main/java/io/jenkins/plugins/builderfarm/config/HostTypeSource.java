package io.jenkins.plugins.builderfarm.config;

import hudson.ExtensionPoint;
import hudson.model.Describable;

/** Where a host type's machines come from. Implementations are immutable. */
public abstract class HostTypeSource implements Describable<HostTypeSource>, ExtensionPoint {}
