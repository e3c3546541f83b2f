package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.stage0.Options;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Runs checks one after the other, since a later one may want what an earlier one fetched. A check that throws, or doesn't
 * come to an end, is a failure of its own and stops none of the others.
 */
public final class Doctor {
    /** More than any check's own limits add up to. */
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private final List<Check> checks;
    private final Duration limit;

    /** @param limit how long each check may take */
    Doctor(List<Check> checks, Duration limit) {
        this.checks = List.copyOf(checks);
        this.limit = limit;
    }

    /**
     * Checks this machine and prints what it finds.
     *
     * @param json an array at the end rather than a line as each check ends
     * @return the process's exit code: that of the worst {@link Level}
     */
    public static int examine(Options options, boolean json, PrintStream out) throws InterruptedException {
        Doctor doctor = new Doctor(Checkup.of(options), LIMIT);
        if (!json) {
            return exitCode(doctor.run(diagnosis -> out.print(Report.line(diagnosis) + "\n")));
        }
        List<Diagnosis> diagnoses = doctor.run(unused -> {});
        out.print(Report.json(diagnoses) + "\n");
        return exitCode(diagnoses);
    }

    static int exitCode(List<Diagnosis> diagnoses) {
        return diagnoses.stream()
                .mapToInt(diagnosis -> diagnosis.finding().level().exitCode())
                .max()
                .orElse(0);
    }

    /** @param each told of each check's finding as soon as it is there */
    List<Diagnosis> run(Consumer<Diagnosis> each) throws InterruptedException {
        List<Diagnosis> diagnoses = new ArrayList<>();
        for (Check check : checks) {
            Diagnosis diagnosis = new Diagnosis(check.name(), within(check));
            each.accept(diagnosis);
            diagnoses.add(diagnosis);
        }
        return diagnoses;
    }

    private Finding within(Check check) throws InterruptedException {
        FutureTask<Finding> task = new FutureTask<>(check::run);
        Thread thread = new Thread(task, "check " + check.name());
        // One that can't be interrupted must not keep the process.
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return Finding.fail("the check had not ended after " + limit.toSeconds() + " s", "try again");
        } catch (ExecutionException e) {
            return Finding.fail(
                    "the check itself failed: " + e.getCause(), "tell the farm's administrators, with this line");
        }
    }
}
