package io.jenkins.plugins.builderfarm.manage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Describable;
import hudson.model.Failure;
import io.jenkins.plugins.builderfarm.config.Binding;
import io.jenkins.plugins.builderfarm.config.Entries;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import jakarta.servlet.ServletException;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * A list of entries, a form for a new one, and a page for each.
 *
 * @param <T> what it lists
 */
public abstract class EntriesPage<T extends Describable<T>> extends FarmSection {
    private final Entries<T> entries;

    EntriesPage(Entries<T> entries) {
        this.entries = entries;
    }

    /** For the view: the rows of the list, with what they can be filtered by. */
    public abstract List<? extends EntryRow> getRows();

    public final int getSize() {
        return entries.all().size();
    }

    /** For the view: {@code host type}. */
    public final String getKind() {
        return entries.kind();
    }

    /** For the view. */
    public final EntryFilters getFilters(List<? extends EntryRow> rows) {
        return new EntryFilters(rows);
    }

    /** {@code …/entry/NAME}; null if there is none of that name. */
    @CheckForNull
    public final EntryPage<T> getEntry(String name) {
        return entries.find(name).map(entry -> new EntryPage<>(entries, entry)).orElse(null);
    }

    /** {@code …/new}, or {@code …/new?from=NAME} for a copy. */
    public final NewEntryPage<T> getNew(StaplerRequest2 req) {
        return new NewEntryPage<>(entries, req.getParameter("from"));
    }

    @POST
    public final HttpResponse doCreate(StaplerRequest2 req) throws ServletException {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        try {
            entries.add(Binding.bind(req, entries.descriptor(), req.getSubmittedForm()));
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return HttpRedirect.DOT;
    }
}
