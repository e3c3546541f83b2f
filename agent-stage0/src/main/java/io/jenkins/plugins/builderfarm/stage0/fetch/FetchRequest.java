package io.jenkins.plugins.builderfarm.stage0.fetch;

import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import io.jenkins.plugins.builderfarm.stage0.state.StateDirectory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the waiting process asks of the fetching one. Nothing in it is secret, so it travels on the command line.
 *
 * @param endpoint in place of Google's; empty: Google's
 * @param machine decides which of the releases is wanted
 * @param keys whose signature is trusted
 * @param limit how long the fetch may take
 */
public record FetchRequest(
        StateDirectory state,
        BucketAddress bucket,
        Optional<URI> endpoint,
        MachineId machine,
        List<ReleaseKey> keys,
        Duration limit) {
    private static final int FIXED_ARGUMENTS = 5;

    public FetchRequest {
        keys = List.copyOf(keys);
    }

    /** The arguments from which {@link #parse} makes the same request. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                state.toString(),
                bucket.toString(),
                endpoint.map(URI::toString).orElse("-"),
                machine.toString(),
                Long.toString(limit.toSeconds())));
        keys.forEach(key -> arguments.add(key.toString()));
        return arguments;
    }

    /** @throws IllegalArgumentException if {@link #arguments} didn't make them */
    static FetchRequest parse(String[] arguments) {
        if (arguments.length <= FIXED_ARGUMENTS) {
            throw new IllegalArgumentException("too few arguments");
        }
        List<ReleaseKey> keys = new ArrayList<>();
        for (int i = FIXED_ARGUMENTS; i < arguments.length; i++) {
            keys.add(ReleaseKey.parse(arguments[i]));
        }
        return new FetchRequest(
                new StateDirectory(Path.of(arguments[0])),
                BucketAddress.parse(arguments[1]),
                arguments[2].equals("-") ? Optional.empty() : Optional.of(URI.create(arguments[2])),
                MachineId.parse(arguments[3]),
                keys,
                Duration.ofSeconds(Long.parseLong(arguments[4])));
    }

    /** The same, with another limit. */
    public FetchRequest within(Duration other) {
        return new FetchRequest(state, bucket, endpoint, machine, keys, other);
    }

    /** What a generation number belongs to: other buckets and servers have other numbers. */
    String source() {
        return endpoint.map(URI::toString).orElse("") + " " + bucket;
    }
}
