package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.stage0.Log;
import io.jenkins.plugins.builderfarm.stage0.state.FetchOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/** The fetch as the fetching process does it, but in this one: a hundred processes would take minutes. */
public final class InProcessFetch {
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private InProcessFetch() {}

    /** Fetches from the request's bucket, which must not need a second try. */
    public static FetchOutcome run(FetchRequest request, InstantSource clock, Log log) throws InterruptedException {
        Deadline deadline = new Deadline(request.limit(), System::nanoTime);
        return new Fetch(
                        request,
                        () -> new GoogleBucket(request.bucket(), request.endpoint(), SILENCE, deadline, "1.0"),
                        () -> new Retries(
                                deadline,
                                new Random(1),
                                pause -> {
                                    throw new AssertionError("the bucket needed a second try");
                                },
                                log),
                        clock,
                        Runtime.version().feature(),
                        log)
                .run();
    }
}
