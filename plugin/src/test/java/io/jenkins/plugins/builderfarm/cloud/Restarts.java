package io.jenkins.plugins.builderfarm.cloud;

import static io.jenkins.plugins.builderfarm.cloud.BuildRequests.as;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.security.ACLContext;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Declarative Pipelines that ask for a machine once they are restarted, and who restarts them. Stateless. */
final class Restarts {
    /** What a build of unreviewed code does. */
    static final String PRE_SUBMIT = "builders repository: 'net', branch: 'master', phase: 'pre-submit'";

    private static final String STAGE = "Farm";

    private Restarts() {}

    /** @param first what its first stage does; the second one is left out of a run that is no restart */
    static WorkflowJob job(JenkinsRule r, String name, String builder, String first) throws Exception {
        return BuildRequests.pipeline(r, name, script(builder, first));
    }

    static String script(String builder, String first) {
        return """
                pipeline {
                    agent none
                    stages {
                        stage('First') { steps { %s } }
                        stage('%s') {
                            when { beforeAgent true; isRestartedRun() }
                            agent { label '%s' }
                            steps { echo 'here' }
                        }
                    }
                }
                """.formatted(first, STAGE, builder);
    }

    /** From the stage that asks for a machine. */
    static void restart(WorkflowRun run, String user) {
        // Read from the disk if need be, as the build's page does; the action doesn't, and says then that it can't.
        assertThat(run.getExecution()).isNotNull();
        try (ACLContext who = as(user)) {
            RestartDeclarativePipelineAction action = run.getAction(RestartDeclarativePipelineAction.class);
            assertThat(action.isRestartEnabled()).isTrue();
            assertThat(action.run(STAGE)).isNotNull();
        }
    }
}
