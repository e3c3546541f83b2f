package io.jenkins.plugins.builderfarm.testbed.bench;

import io.jenkins.plugins.builderfarm.testbed.jenkins.FreestyleJob;
import io.jenkins.plugins.builderfarm.testbed.jenkins.JenkinsClient;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A job whose builds are timed inside Jenkins, so that no request of ours is in the numbers. */
record TimedJob(JenkinsClient client, String name) {
    private static final String QUICK = "echo first-output";
    private static final String LONG = "echo first-output; sleep 8";
    private static final String BUILD = """
            def job = jenkins.model.Jenkins.get().getItem('@name@')
            def begin = System.nanoTime()
            def future = job.scheduleBuild2(0)
            def build = future.waitForStart()
            while (!build.logFile.exists() || !build.logFile.text.contains('first-output')) Thread.sleep(1)
            def first = System.nanoTime() - begin
            future.get()
            def end = build.startTimeInMillis + build.duration
            """;
    private static final String BACK = """
            def farm = io.jenkins.plugins.builderfarm.farm.Farm.get()
            def deadline = System.currentTimeMillis() + 60000
            while (!farm.snapshot().machines().any { it.record().builds() > @builds@ && it.state().name() == 'IDLE' }) {
              if (System.currentTimeMillis() > deadline) throw new IllegalStateException('the machine did not come back')
              Thread.sleep(1)
            }
            println first + ' ' + (System.currentTimeMillis() - end)
            """;

    static TimedJob create(JenkinsClient client, String name, String label) throws IOException, InterruptedException {
        FreestyleJob.create(client, name, label, QUICK);
        FreestyleJob.create(client, name + "-long", label, LONG);
        return new TimedJob(client, name);
    }

    /** Queued to the first output of the build's own. */
    void build(Samples first) throws IOException, InterruptedException {
        first.add(Long.parseLong(client.script(script() + "println first")));
    }

    /** Likewise, and from the build's end to the machine's being idle again. */
    void buildAndComeBack(Samples first, Samples back, long buildsBefore) throws IOException, InterruptedException {
        String[] numbers = client.script(script() + BACK.replace("@builds@", String.valueOf(buildsBefore)))
                .split(" ");
        first.add(Long.parseLong(numbers[0]));
        back.add(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(numbers[1])));
    }

    /** A build that takes some seconds, begun and not waited for. */
    void startLong() throws IOException, InterruptedException {
        client.script("""
                def build = jenkins.model.Jenkins.get().getItem('@name@-long').scheduleBuild2(0).waitForStart()
                while (!build.logFile.exists() || !build.logFile.text.contains('first-output')) Thread.sleep(1)
                """.replace("@name@", name));
    }

    private String script() {
        return BUILD.replace("@name@", name);
    }
}
