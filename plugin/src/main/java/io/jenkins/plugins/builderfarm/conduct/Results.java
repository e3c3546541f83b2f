package io.jenkins.plugins.builderfarm.conduct;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.builderfarm.coordinator.results.BuildResult;
import io.jenkins.plugins.builderfarm.coordinator.results.ResultBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The latest results of all builders, in memory for the pages and in a file for after a restart. Thread-safe. */
@Extension
public final class Results {
    private static final Logger LOGGER = Logger.getLogger(Results.class.getName());
    private static final int OF_EACH = 100;
    private static final int OF_ALL = 20_000;

    /** The file may have twice as many lines as there are results, and these. */
    private static final int SLACK = 1_000;

    /** Both guarded by this, and read when they are first asked for. */
    private ResultBoard board;

    private ResultFile file;

    public static Results get() {
        return ExtensionList.lookupSingleton(Results.class);
    }

    private ResultBoard board() {
        if (board == null) {
            Path home = Jenkins.get().getRootDir().toPath();
            file = new ResultFile(home.resolve("builder-farm").resolve("results.jsonl"));
            board = new ResultBoard(OF_EACH, OF_ALL);
            if (!file.load(board::add)) {
                rewrite();
            }
        }
        return board;
    }

    synchronized void add(BuildResult result) {
        board().add(result);
        try {
            file.append(result);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "The result of " + result.job() + " #" + result.number() + " could not be kept");
        }
        if (file.lines() > 2 * board.size() + SLACK) {
            rewrite();
        }
    }

    private void rewrite() {
        try {
            file.rewrite(board.all());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The results could not be written anew");
        }
    }

    /** Its result is kept, but there is nothing to look at any more. */
    synchronized void buildDeleted(String job, int number) {
        board().find(job, number).filter(result -> !result.gone()).ifPresent(result -> add(result.withoutBuild()));
    }

    synchronized void jobRenamed(String from, String to) {
        if (board().rename(from, to)) {
            rewrite();
        }
    }

    synchronized void jobDeleted(String name) {
        if (board().forgetJob(name)) {
            rewrite();
        }
    }

    /** The oldest first. */
    synchronized List<BuildResult> all() {
        return board().all();
    }

    /** A builder's latest results, the latest first. */
    synchronized List<BuildResult> latest(String builder, int most, Predicate<BuildResult> shown) {
        return board().latest(builder, most, shown);
    }
}
