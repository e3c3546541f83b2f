package io.jenkins.plugins.builderfarm.trust;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Who put a build into the queue, and whether that was somebody who may vouch for what it does. Asked when it happens:
 * the queue can't ask a directory of users later, and rights may have changed by then. Immutable.
 */
public final class Starter extends InvisibleAction implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String user;
    private final boolean vouches;

    Starter(String user, boolean vouches) {
        this.user = user;
        this.vouches = vouches;
    }

    String user() {
        return user;
    }

    /** Whether what this person chose for the build counts as an administrator's word. */
    boolean vouches() {
        return vouches;
    }

    /** Nothing if Jenkins itself started it: a timer, a trigger, another build. */
    static Optional<Starter> of(Subject subject) {
        return subject.actions(Starter.class).stream().findFirst();
    }

    static boolean mayVouch(Authentication who) {
        return Jenkins.get().getACL().hasPermission2(who, FarmPermissions.ADMINISTER);
    }

    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void addAliases() {
        Run.XSTREAM2.alias("builder-farm-starter", Starter.class);
        Queue.XSTREAM.alias("builder-farm-starter", Starter.class);
    }

    /** Writes it down. What others left there, a copy of another build's actions say, is no evidence. */
    @Extension
    public static final class Scribe extends Queue.QueueDecisionHandler {
        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            actions.removeIf(Starter.class::isInstance);
            Authentication who = Jenkins.getAuthentication2();
            if (!who.equals(ACL.SYSTEM2)) {
                actions.add(new Starter(who.getName(), mayVouch(who)));
            } else {
                // What the farm does once more is still the wish of whoever started it.
                SameBuild.proven(task, actions)
                        .flatMap(run -> Starter.of(Subject.of(run)))
                        .ifPresent(actions::add);
            }
            return true;
        }
    }
}
