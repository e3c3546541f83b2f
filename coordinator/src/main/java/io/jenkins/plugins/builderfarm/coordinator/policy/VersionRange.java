package io.jenkins.plugins.builderfarm.coordinator.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Branches of a series that are older or newer than a version, such as {@code release-branch.go>=1.20}.
 *
 * <p>A branch is of the series if it is the prefix and then a version and nothing else: {@code release-branch.go1} and
 * {@code release-branch.go1.9.2} are, {@code release-branch.go1.20-vendor} and {@code release-branch.go1.08} are not. As
 * many numbers are compared as the range has, so {@code =1.20} holds for 1.20.3 too; one that a branch lacks counts as 0.
 */
record VersionRange(String prefix, Operator operator, List<Integer> version) implements NamePattern {
    private static final Pattern FORM = Pattern.compile("([^<>=]*)(<=|>=|<|>|=)(.*)");
    private static final Pattern VERSION = Pattern.compile("(0|[1-9][0-9]{0,7})(\\.(0|[1-9][0-9]{0,7})){0,5}");

    /** How two versions are compared. */
    enum Operator {
        BELOW("<"),
        AT_MOST("<="),
        AT_LEAST(">="),
        ABOVE(">"),
        EQUAL("=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        static Operator of(String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException("'" + sign + "' compares nothing");
        }

        boolean holds(int comparison) {
            return switch (this) {
                case BELOW -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case AT_LEAST -> comparison >= 0;
                case ABOVE -> comparison > 0;
                case EQUAL -> comparison == 0;
            };
        }
    }

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if there is no version, or a wildcard before it */
    static VersionRange of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' compares no versions");
        }
        String prefix = form.group(1);
        if (prefix.contains("*") || prefix.contains("?")) {
            throw new IllegalArgumentException("'" + text + "' has a wildcard before the version, which can't be");
        }
        List<Integer> version = numbers(form.group(3));
        if (version.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' compares with '" + form.group(3)
                    + "', which is no version: numbers joined by dots, no zeros in front");
        }
        return new VersionRange(prefix, Operator.of(form.group(2)), version);
    }

    @Override
    public boolean matches(String name) {
        if (!name.startsWith(prefix)) {
            return false;
        }
        List<Integer> other = numbers(name.substring(prefix.length()));
        if (other.isEmpty()) {
            return false;
        }
        for (int i = 0; i < version.size(); i++) {
            int difference = Integer.compare(i < other.size() ? other.get(i) : 0, version.get(i));
            if (difference != 0) {
                return operator.holds(difference);
            }
        }
        return operator.holds(0);
    }

    private static List<Integer> numbers(String text) {
        if (!VERSION.matcher(text).matches()) {
            return List.of();
        }
        List<Integer> numbers = new ArrayList<>();
        for (String number : text.split("\\.")) {
            numbers.add(Integer.valueOf(number));
        }
        return List.copyOf(numbers);
    }
}
