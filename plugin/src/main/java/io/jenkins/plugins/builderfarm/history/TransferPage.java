package io.jenkins.plugins.builderfarm.history;

import hudson.model.Failure;
import hudson.model.ModelObject;
import hudson.util.HttpResponses;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** {@code /builders/transfer}: the whole configuration as YAML, out, and in with a preview. */
public final class TransferPage implements ModelObject, StaplerProxy {
    @Override
    public Object getTarget() {
        FarmPermissions.checkMaySeeSettings();
        return this;
    }

    @Override
    public String getDisplayName() {
        return "Export and import";
    }

    /** For the view. */
    public boolean isPossible() {
        return Transfer.isPossible();
    }

    /** For the view. */
    public boolean isImporter() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** Whoever asks all the same is told why not, without a stack trace. */
    private static void requirePossible() {
        try {
            Transfer.requirePossible();
        } catch (IllegalStateException e) {
            throw HttpResponses.errorWithoutStack(501, e.getMessage());
        }
    }

    @GET
    public void doExport(StaplerResponse2 response) throws IOException {
        FarmPermissions.checkMaySeeSettings();
        requirePossible();
        String yaml = Transfer.export();
        response.setContentType("application/yaml;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"builder-farm.yaml\"");
        response.getWriter().print(yaml);
    }

    @POST
    public HttpResponse doPreview(@QueryParameter String yaml) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        requirePossible();
        try {
            Transfer.Preview preview = Transfer.preview(yaml);
            return HttpResponses.forwardToView(this, "preview")
                    .with("yaml", yaml)
                    .with("changes", preview.changes())
                    .with("warnings", preview.warnings());
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    @POST
    public HttpResponse doApply(@QueryParameter String yaml) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        requirePossible();
        try {
            Transfer.apply(yaml);
            return new HttpRedirect("../history/");
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }
}
