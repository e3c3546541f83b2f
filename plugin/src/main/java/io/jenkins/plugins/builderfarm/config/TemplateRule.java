package io.jenkins.plugins.builderfarm.config;

import hudson.ExtensionPoint;
import hudson.model.Item;
import java.util.Optional;

/** Objects to jobs as templates: to those that were made from one, say, which would make a circle. */
public interface TemplateRule extends ExtensionPoint {
    /** A sentence without its dot that follows the job's name; empty if there is nothing against it. */
    Optional<String> objection(Item job);
}
