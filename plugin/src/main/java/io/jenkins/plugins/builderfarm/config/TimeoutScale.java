package io.jenkins.plugins.builderfarm.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many times longer than others a build may take: a slow machine, or a builder whose tests do more, gets more time
 * under the same limit. Stateless.
 */
public final class TimeoutScale {
    /** What the Go project's builds are told by, and so what a configuration without the field says it by. */
    public static final String VARIABLE = "GO_TEST_TIMEOUT_SCALE";

    /** The greatest that can be configured. */
    public static final int MOST = 9999;

    private static final String NUMBER = "[1-9][0-9]{0,3}";

    private TimeoutScale() {}

    /**
     * The builder's own; if it has none, what the variable says that its builds find: the builder's, else the host type's;
     * 1 if that is no whole number between 1 and {@link #MOST}, or nobody says anything.
     *
     * @param builder nothing for a build that asked for the host type alone
     */
    public static int of(Optional<Builder> builder, Optional<HostType> hostType) {
        int own = builder.map(Builder::getTimeoutScale).orElse(0);
        return own > 0
                ? own
                : Stream.concat(
                                builder.stream().map(Builder::getEnvironment),
                                hostType.stream().map(HostType::getEnvironment))
                        .flatMap(environment -> value(environment).stream())
                        .findFirst()
                        .filter(value -> value.matches(NUMBER))
                        .map(Integer::parseInt)
                        .orElse(1);
    }

    private static Optional<String> value(List<EnvironmentVariable> environment) {
        return environment.stream()
                .filter(variable -> variable.getName().equals(VARIABLE))
                .map(EnvironmentVariable::getValue)
                .findFirst();
    }

    static int checked(int scale) {
        return WholeNumber.upTo(MOST, "timeoutScale", scale);
    }
}
