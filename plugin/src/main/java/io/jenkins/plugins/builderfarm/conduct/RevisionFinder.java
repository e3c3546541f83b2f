package io.jenkins.plugins.builderfarm.conduct;

import hudson.EnvVars;
import hudson.model.Job;
import hudson.model.Run;
import hudson.util.LogTaskListener;
import io.jenkins.plugins.builderfarm.config.OptionalPlugin;
import io.jenkins.plugins.builderfarm.coordinator.results.Revision;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;

/**
 * What a build built: as its multibranch project says, else as its parameters and variables do, of those names that the
 * farm's docs and source control plugins use. Nothing is guessed. Stateless.
 */
final class RevisionFinder {
    private static final Logger LOGGER = Logger.getLogger(RevisionFinder.class.getName());

    private static final List<String> REPOSITORY = List.of("REPOSITORY", "GERRIT_PROJECT", "GIT_URL");
    private static final List<String> BRANCH = List.of("BRANCH", "GERRIT_BRANCH", "BRANCH_NAME", "GIT_BRANCH");
    private static final List<String> ID = List.of(
            "REVISION",
            "GIT_COMMIT",
            "GERRIT_PATCHSET_REVISION",
            "GERRIT_NEWREV",
            "MERCURIAL_REVISION",
            "SVN_REVISION");

    private RevisionFinder() {}

    static Revision of(Run<?, ?> run) {
        EnvVars env = environment(run);
        Revision told = new Revision(name(first(env, REPOSITORY)), branch(first(env, BRANCH)), first(env, ID));
        return OptionalPlugin.isActive("scm-api") ? Loaded.of(run, told).orElse(told) : told;
    }

    private static EnvVars environment(Run<?, ?> run) {
        try {
            return run.getEnvironment(new LogTaskListener(LOGGER, Level.FINE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "The environment of " + run + " can't be had");
        }
        return new EnvVars();
    }

    private static String first(EnvVars env, List<String> names) {
        return names.stream()
                .map(name -> env.get(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** {@code https://go.googlesource.com/net.git} is called {@code net}, as in the policy. */
    static String name(String repository) {
        String path = repository.replaceFirst("/+$", "").replaceFirst("\\.git$", "");
        return repository.contains(":") ? path.replaceFirst("^.*[/:]", "") : path;
    }

    /** As the policy calls it, without what says where it was fetched from. */
    static String branch(String branch) {
        return branch.equals("detached") ? "" : branch.replaceFirst("^(refs/heads/|(refs/remotes/)?origin/)", "");
    }

    /** Apart, so that the other plugin's classes are only linked where they are there. */
    private static final class Loaded {
        static Optional<Revision> of(Run<?, ?> run, Revision told) {
            return revision(run)
                    .map(revision ->
                            new Revision(told.repository(), revision.getHead().getName(), id(revision)))
                    .filter(Revision::isKnown);
        }

        /** The libraries of a Pipeline may have left theirs too. */
        private static Optional<SCMRevision> revision(Run<?, ?> run) {
            Job<?, ?> job = run.getParent();
            SCMSource source = SCMSource.SourceByItem.findSource(job);
            if (source != null) {
                return Optional.ofNullable(SCMRevisionAction.getRevision(source, run));
            }
            return Optional.ofNullable(run.getAction(SCMRevisionAction.class)).map(SCMRevisionAction::getRevision);
        }

        /** What the source control plugin prints; nothing if it has nothing to print. */
        private static String id(SCMRevision revision) {
            String text = revision.toString();
            return text.equals(revision.getClass().getName() + "@" + Integer.toHexString(revision.hashCode()))
                    ? ""
                    : text;
        }
    }
}
