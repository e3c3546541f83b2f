package io.jenkins.plugins.builderfarm.conduct;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.BuildBadgeAction;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.builderfarm.config.Builder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * That a build asked for builders with known issues, and which these were then: a failure of it is expected. Says so on
 * the build's page and in its job's list of builds; the build's result stays what it is. Thread-safe.
 */
@ExportedBean
public final class KnownIssues implements BuildBadgeAction {
    /** By builder; replaced as a whole and never changed. Of kinds that are kept plainly. */
    private volatile Map<String, ArrayList<String>> issues = new TreeMap<>();

    KnownIssues() {}

    synchronized void add(Builder builder) {
        Map<String, ArrayList<String>> more = new TreeMap<>(issues);
        more.put(builder.getName(), new ArrayList<>(builder.getKnownIssues()));
        issues = more;
    }

    /** Whether the build failed, with all its machines there, and that is expected of all the builders that it asked for. */
    static boolean explain(Run<?, ?> run, UsedMachines used) {
        KnownIssues known = run.getAction(KnownIssues.class);
        Result result = run.getResult();
        return known != null
                && !used.anyVanished()
                && (result == Result.FAILURE || result == Result.UNSTABLE)
                && known.issues.keySet().containsAll(used.builders());
    }

    /** {@code linux-arm: https://go.dev/issue/1, …}, a line for each builder. */
    @Exported(name = "knownIssues", visibility = 2)
    public List<String> getLines() {
        return issues.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .toList();
    }

    /** For the view. */
    public Map<String, List<String>> getByBuilder() {
        return new TreeMap<>(issues);
    }

    /** For the view, whose tooltips have one line. */
    public String getText() {
        return getLines().stream().collect(Collectors.joining("; "));
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }

    /** For builds that are read back. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void addAliases() {
        Run.XSTREAM2.alias("builder-farm-known-issues", KnownIssues.class);
    }
}
