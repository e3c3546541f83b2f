package io.jenkins.plugins.builderfarm.manage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.util.HttpResponses;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.jobs.Reconciler;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code /manage/builder-farm/jobs}: what would be done to builders' jobs, and a button that does it. For who may change
 * the farm: a job's configuration is for fewer than the farm's settings are.
 */
@Extension(ordinal = 980)
public final class JobsPage extends FarmSection implements StaplerProxy {
    @Override
    public String getUrlName() {
        return "jobs";
    }

    @Override
    public String getDisplayName() {
        return "Builders' jobs";
    }

    @Override
    public String getIconFileName() {
        return "symbol-document-text";
    }

    @Override
    public String getDescription() {
        return "What is made of the job templates, and what would change.";
    }

    @Override
    public boolean isVisible() {
        return FarmPermissions.mayAdminister();
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        return this;
    }

    /** For the view: made anew for every request. */
    public JobsPlan getPlan() {
        return new JobsPlan(Reconciler.get().plan());
    }

    /** {@code …/builder/NAME}; null if there is none of that name. */
    @CheckForNull
    public BuilderJobPage getBuilder(String name) {
        return BuilderFarmConfiguration.get()
                .builder(name)
                .map(BuilderJobPage::new)
                .orElse(null);
    }

    /** Does what the plan is by now, which may be something else than what was looked at: it only follows the templates. */
    @POST
    public HttpResponse doApply() {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        Reconciler.Outcome outcome = Reconciler.get().apply();
        return HttpResponses.forwardToView(this, "applied").with("outcome", new JobsOutcome(outcome));
    }
}
