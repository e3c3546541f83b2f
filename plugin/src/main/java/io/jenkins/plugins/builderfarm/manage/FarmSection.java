package io.jenkins.plugins.builderfarm.manage;

import hudson.ExtensionPoint;
import hudson.model.ModelObject;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;

/**
 * Something to administer, with a page of its own under Manage Jenkins → Builder Farm, shown there by its symbol, name
 * and description in the order of the extensions' ordinals. Who may see the farm's settings gets this far: a section
 * that is for fewer is a {@link org.kohsuke.stapler.StaplerProxy} that says so.
 */
public abstract class FarmSection implements ExtensionPoint, ModelObject {
    /** The last part of the page's address; unique, and no name of a method that serves the web. */
    public abstract String getUrlName();

    /** {@code symbol-…}. */
    public abstract String getIconFileName();

    /** One sentence. */
    public abstract String getDescription();

    /** Whether the present user is shown it. Who isn't may still know its address: {@code getTarget} is what refuses. */
    public boolean isVisible() {
        return true;
    }

    /** For views. */
    public final boolean isMayAdminister() {
        return FarmPermissions.mayAdminister();
    }
}
