package io.jenkins.plugins.builderfarm.manage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.model.ModelObject;
import io.jenkins.plugins.builderfarm.config.Entries;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;

/** The form for a new entry, empty or filled in like another one. */
public final class NewEntryPage<T extends Describable<T>> implements ModelObject, StaplerProxy {
    private final Entries<T> entries;
    private final T instance;

    /** @param from the name of the entry to be copied; empty for none */
    NewEntryPage(Entries<T> entries, @CheckForNull String from) {
        this.entries = entries;
        this.instance = Util.fixEmptyAndTrim(from) == null ? null : copy(entries, from.trim());
    }

    private static <T extends Describable<T>> T copy(Entries<T> entries, String from) {
        T original = entries.find(from).orElseThrow(() -> new Failure("There is no " + entries.kind() + " " + from));
        try {
            return entries.copy(original, from + "-copy");
        } catch (IllegalArgumentException e) {
            // The name is as long as names may be.
            return original;
        }
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        return this;
    }

    @Override
    public String getDisplayName() {
        return "New " + entries.kind();
    }

    /** For the view: what the form begins with; null for nothing. */
    @CheckForNull
    public T getInstance() {
        return instance;
    }

    /** For the view. */
    public Descriptor<T> getEntryDescriptor() {
        return entries.descriptor();
    }
}
