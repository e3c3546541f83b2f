package io.jenkins.plugins.builderfarm.stage0.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a fetch ended, handed from the fetching process to the waiting one.
 *
 * @param release what this machine is to run by the newest manifest known, if its jar is here and verified
 * @param failure why nothing newer could be had, a clause: {@code "the bucket …: 503"}; empty if all went well
 * @param offline whether it failed because this machine has no network, or none yet
 * @param warnings what people should know all the same, a clause each
 */
public record FetchOutcome(
        Optional<KeptRelease> release, Optional<String> failure, boolean offline, List<String> warnings) {
    private static final String RELEASE = "release";
    private static final String FAILURE = "failure";
    private static final String OFFLINE = "offline";
    private static final String WARNING = "warning.";

    public FetchOutcome {
        warnings = List.copyOf(warnings);
    }

    /** A fetch that brought nothing. */
    public static FetchOutcome failed(String why) {
        return new FetchOutcome(Optional.empty(), Optional.of(why), false, List.of());
    }

    public void write(StateFile file) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        release.ifPresent(kept -> kept.putInto(fields, RELEASE));
        failure.ifPresent(why -> fields.put(FAILURE, why));
        fields.put(OFFLINE, Boolean.toString(offline));
        for (int i = 0; i < warnings.size(); i++) {
            fields.put(WARNING + i, warnings.get(i));
        }
        file.write(fields);
    }

    /** Empty if the fetching process wrote none. */
    public static Optional<FetchOutcome> read(StateFile file) throws IOException {
        Optional<Map<String, String>> read = file.read();
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> fields = read.get();
        List<String> warnings = new ArrayList<>();
        for (int i = 0; fields.containsKey(WARNING + i); i++) {
            warnings.add(fields.get(WARNING + i));
        }
        return Optional.of(new FetchOutcome(
                KeptRelease.from(fields, RELEASE),
                Optional.ofNullable(fields.get(FAILURE)),
                Boolean.parseBoolean(fields.get(OFFLINE)),
                warnings));
    }
}
