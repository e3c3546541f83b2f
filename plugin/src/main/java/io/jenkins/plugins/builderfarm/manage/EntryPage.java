package io.jenkins.plugins.builderfarm.manage;

import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.model.ModelObject;
import hudson.util.HttpResponses;
import io.jenkins.plugins.builderfarm.config.Binding;
import io.jenkins.plugins.builderfarm.config.Entries;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.ThisJenkins;
import jakarta.servlet.ServletException;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** One entry: its form, and what can be done with it. */
public final class EntryPage<T extends Describable<T>> implements ModelObject {
    private final Entries<T> entries;
    private final T instance;
    private final String name;

    EntryPage(Entries<T> entries, T instance) {
        this.entries = entries;
        this.instance = instance;
        this.name = entries.name(instance);
    }

    @Override
    public String getDisplayName() {
        return name;
    }

    /** For the view: {@code host type}. */
    public String getKind() {
        return entries.kind();
    }

    /** For the view. */
    public T getInstance() {
        return instance;
    }

    /** For the view. */
    public Descriptor<T> getEntryDescriptor() {
        return entries.descriptor();
    }

    /** For the view. */
    public boolean isMayAdminister() {
        return FarmPermissions.mayAdminister();
    }

    /** For the view. */
    public boolean isDisabled() {
        return entries.isDisabled(instance);
    }

    /** For the view. */
    public List<String> getProblems() {
        return entries.problems(instance, new ThisJenkins());
    }

    /** For the view: what has to go before this can be deleted. */
    public List<String> getReferences() {
        return entries.references(name);
    }

    @POST
    public HttpResponse doSave(StaplerRequest2 req) throws ServletException {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        try {
            entries.replace(name, Binding.bind(req, entries.descriptor(), req.getSubmittedForm()));
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return toList();
    }

    @POST
    public HttpResponse doEnable() {
        return setDisabled(false);
    }

    @POST
    public HttpResponse doDisable() {
        return setDisabled(true);
    }

    private HttpResponse setDisabled(boolean disabled) {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        try {
            entries.setDisabled(name, disabled);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return HttpRedirect.DOT;
    }

    @POST
    public HttpResponse doDelete() {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        if (!getReferences().isEmpty()) {
            return HttpResponses.forwardToView(this, "referred").with("refused", true);
        }
        try {
            entries.remove(name);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return toList();
    }

    private static HttpResponse toList() {
        return new HttpRedirect("../..");
    }
}
