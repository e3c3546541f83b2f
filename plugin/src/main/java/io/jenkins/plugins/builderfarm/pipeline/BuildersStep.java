package io.jenkins.plugins.builderfarm.pipeline;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.Lines;
import io.jenkins.plugins.builderfarm.coordinator.policy.Phase;
import io.jenkins.plugins.builderfarm.coordinator.policy.Query;
import io.jenkins.plugins.builderfarm.trust.PreSubmit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code builders(repository: 'net', branch: 'master')}: the builders that the policy selects, as a list of maps for
 * {@code parallel}. A build that asks for the pre-submit phase counts as one of unreviewed code from then on, and is given
 * no builder whose machines wouldn't take it.
 */
public final class BuildersStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String repository;
    private final String branch;
    private String mainBranch = "";
    private String phase = "";
    private String platform = "";
    private ArrayList<String> exclude = new ArrayList<>();

    @DataBoundConstructor
    public BuildersStep(String repository, String branch) {
        this.repository = Util.fixNull(repository).trim();
        this.branch = Util.fixNull(branch).trim();
    }

    public String getRepository() {
        return repository;
    }

    public String getBranch() {
        return branch;
    }

    /** The main repository's branch that it is built with; empty if it is the same. */
    public String getMainBranch() {
        return mainBranch;
    }

    @DataBoundSetter
    public void setMainBranch(String mainBranch) {
        this.mainBranch = Util.fixNull(mainBranch).trim();
    }

    /** {@code post-submit} or {@code pre-submit}; empty for the former. */
    public String getPhase() {
        return phase;
    }

    @DataBoundSetter
    public void setPhase(String phase) {
        this.phase = Util.fixNull(phase).trim();
    }

    /** Only builders of this platform, {@code linux} or {@code linux-arm64}; empty for all. */
    public String getPlatform() {
        return platform;
    }

    @DataBoundSetter
    public void setPlatform(String platform) {
        this.platform = Util.fixNull(platform).trim();
    }

    /** Builders that are left out, by name. */
    public List<String> getExclude() {
        return Collections.unmodifiableList(exclude);
    }

    @DataBoundSetter
    public void setExclude(List<String> exclude) {
        this.exclude = exclude == null ? new ArrayList<>() : new ArrayList<>(exclude);
    }

    /** @throws IllegalArgumentException if something is missing or the phase is none */
    private Query query() {
        return Query.of(
                repository,
                branch,
                mainBranch.isEmpty() ? null : mainBranch,
                phase.isEmpty() ? Phase.POST_SUBMIT : Phase.of(phase));
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends SynchronousStepExecution<List<Map<String, Object>>> {
        private static final long serialVersionUID = 1L;

        private final BuildersStep step;

        Execution(StepContext context, BuildersStep step) {
            super(context);
            this.step = step;
        }

        @Override
        protected List<Map<String, Object>> run() throws Exception {
            Query query = step.query();
            boolean preSubmit = query.phase() == Phase.PRE_SUBMIT;
            if (preSubmit) {
                Run<?, ?> run = getContext().get(Run.class);
                run.replaceAction(new PreSubmit.Mark());
                run.save();
            }
            Selection selection = new Selection(query, step.platform, step.exclude, preSubmit);
            TaskListener listener = getContext().get(TaskListener.class);
            listener.getLogger().println(selection);
            return selection.builders();
        }
    }

    @Extension(optional = true)
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "builders";
        }

        @Override
        public String getDisplayName() {
            return "Builders of a repository and branch";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public Step newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            return super.newInstance(req, Lines.split(formData, "exclude"));
        }

        @POST
        public ListBoxModel doFillPhaseItems() {
            Jenkins.get().checkPermission(FarmPermissions.SEE);
            ListBoxModel phases = new ListBoxModel();
            phases.add("post-submit", "");
            phases.add(Phase.PRE_SUBMIT.toString());
            return phases;
        }
    }
}
