package io.jenkins.plugins.builderfarm.cloud;

import hudson.model.Action;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.StringParameterValue;
import hudson.model.User;
import hudson.model.queue.QueueTaskFuture;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs that ask for a label, and who asks for their builds with what. Stateless. */
final class BuildRequests {
    private BuildRequests() {}

    static FreeStyleProject freestyle(JenkinsRule r, String name, String label) throws Exception {
        FreeStyleProject project = r.createFreeStyleProject(name);
        project.setAssignedLabel(Label.parseExpression(label));
        return project;
    }

    static WorkflowJob pipeline(JenkinsRule r, String name, String script) throws Exception {
        WorkflowJob job = r.jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static QueueTaskFuture<?> schedule(Job<?, ?> job, Action... actions) {
        ParameterizedJobMixIn.ParameterizedJob<?, ?> buildable = (ParameterizedJobMixIn.ParameterizedJob<?, ?>) job;
        return buildable.scheduleBuild2(0, actions);
    }

    /** Ends the Pipelines that wait, forgets what is queued, and takes away the farm's nodes. */
    static void withdraw(JenkinsRule r) throws Exception {
        for (Job<?, ?> job : r.jenkins.getAllItems(Job.class)) {
            if (job.getLastBuild() instanceof WorkflowRun run && run.isBuilding()) {
                run.getExecutor().interrupt();
                r.waitForCompletion(run);
            }
        }
        Queue.getInstance().clear();
        for (Node node : PretendMachines.nodes()) {
            r.jenkins.removeNode(node);
        }
        PretendMachines.await(() -> PretendMachines.nodes().isEmpty());
    }

    static ACLContext as(String user) {
        return ACL.as2(User.getById(user, true).impersonate2());
    }

    static ParametersAction parameters(String... namesAndValues) {
        List<ParameterValue> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(new StringParameterValue(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new ParametersAction(values);
    }
}
