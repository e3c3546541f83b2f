package io.jenkins.plugins.builderfarm.coordinator.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The latest results: so many of each builder, and so many of all of them. What else there was is forgotten. Not
 * thread-safe.
 */
public final class ResultBoard {
    private record Build(String job, int number) {}

    private final int ofEach;
    private final int ofAll;

    /** The oldest first. */
    private final Map<Build, BuildResult> all = new LinkedHashMap<>();

    private final Map<String, LinkedHashMap<Build, BuildResult>> byBuilder = new HashMap<>();

    /** @throws IllegalArgumentException if one isn't positive */
    public ResultBoard(int ofEach, int ofAll) {
        if (ofEach < 1 || ofAll < 1) {
            throw new IllegalArgumentException("nothing would be kept");
        }
        this.ofEach = ofEach;
        this.ofAll = ofAll;
    }

    /** The latest there is; takes the place of what was known of the same build. */
    public void add(BuildResult result) {
        Build build = new Build(result.job(), result.number());
        BuildResult before = all.get(build);
        if (before != null && !before.builder().equals(result.builder())) {
            forget(build);
        }
        all.put(build, result);
        Map<Build, BuildResult> own = byBuilder.computeIfAbsent(result.builder(), name -> new LinkedHashMap<>());
        own.put(build, result);
        if (own.size() > ofEach) {
            forget(own.keySet().iterator().next());
        }
        if (all.size() > ofAll) {
            forget(all.keySet().iterator().next());
        }
    }

    private void forget(Build build) {
        BuildResult gone = all.remove(build);
        Map<Build, BuildResult> own = byBuilder.get(gone.builder());
        own.remove(build);
        if (own.isEmpty()) {
            byBuilder.remove(gone.builder());
        }
    }

    public Optional<BuildResult> find(String job, int number) {
        return Optional.ofNullable(all.get(new Build(job, number)));
    }

    /** The oldest first. */
    public List<BuildResult> all() {
        return List.copyOf(all.values());
    }

    public int size() {
        return all.size();
    }

    /**
     * A builder's latest results, the latest first.
     *
     * @param shown which of them count
     */
    public List<BuildResult> latest(String builder, int most, Predicate<BuildResult> shown) {
        List<BuildResult> own = new ArrayList<>(
                byBuilder.getOrDefault(builder, new LinkedHashMap<>()).values());
        Collections.reverse(own);
        return own.stream().filter(shown).limit(most).toList();
    }

    /**
     * A job, or a folder with all that is in it, has another name.
     *
     * @return whether that is of interest
     */
    public boolean rename(String from, String to) {
        if (all.keySet().stream().noneMatch(build -> isIn(build.job(), from))) {
            return false;
        }
        List<BuildResult> results = all();
        all.clear();
        byBuilder.clear();
        results.forEach(result ->
                add(isIn(result.job(), from) ? result.inJob(to + result.job().substring(from.length())) : result));
        return true;
    }

    /**
     * A job, or a folder with all that is in it, is gone.
     *
     * @return whether that is of interest
     */
    public boolean forgetJob(String name) {
        List<Build> gone =
                all.keySet().stream().filter(build -> isIn(build.job(), name)).toList();
        gone.forEach(this::forget);
        return !gone.isEmpty();
    }

    private static boolean isIn(String job, String name) {
        return job.equals(name) || job.startsWith(name + "/");
    }
}
