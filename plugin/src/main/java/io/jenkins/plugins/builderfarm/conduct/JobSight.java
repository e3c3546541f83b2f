package io.jenkins.plugins.builderfarm.conduct;

import hudson.model.Item;
import io.jenkins.plugins.builderfarm.coordinator.results.BuildResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/** What the caller may see of results: those of jobs that they may read. Asks once for each job; for one request. */
public final class JobSight {
    /** The jobs' addresses below Jenkins's own; nothing for what isn't there, or isn't for the caller. */
    private final Map<String, Optional<String>> urls = new HashMap<>();

    boolean sees(BuildResult result) {
        return url(result).isPresent();
    }

    /** A builder's latest results, the latest first. */
    public List<ResultCell> latest(String builder, int most) {
        return Results.get().latest(builder, most, this::sees).stream()
                .map(this::cell)
                .toList();
    }

    ResultCell cell(BuildResult result) {
        return new ResultCell(result, url(result).map(url -> url + result.number() + "/"));
    }

    private Optional<String> url(BuildResult result) {
        return urls.computeIfAbsent(result.job(), JobSight::url);
    }

    /** Where the job is, below Jenkins's address; nothing if it isn't there, or isn't for the caller. */
    public static Optional<String> url(String fullName) {
        try {
            return Optional.ofNullable(Jenkins.get().getItemByFullName(fullName))
                    .map(Item::getUrl);
        } catch (AccessDeniedException e) {
            // May know that it is there, and no more.
            return Optional.empty();
        }
    }
}
