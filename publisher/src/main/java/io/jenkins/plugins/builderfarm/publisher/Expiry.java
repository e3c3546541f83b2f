package io.jenkins.plugins.builderfarm.publisher;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code --expires} says: {@code never}, a time from now ({@code 90d}, {@code 12h}), a day, or an instant. */
final class Expiry {
    private static final Pattern FROM_NOW = Pattern.compile("([1-9][0-9]{0,4})([dh])");

    private Expiry() {}

    /**
     * @return empty for never
     * @throws IllegalArgumentException if the text is none of these, or the time is not ahead of {@code now}
     */
    static Optional<Instant> parse(String text, Instant now) {
        if (text.equals("never")) {
            return Optional.empty();
        }
        Instant time = time(text, now);
        if (!time.isAfter(now)) {
            throw new IllegalArgumentException("'" + text + "' is in the past");
        }
        return Optional.of(time);
    }

    private static Instant time(String text, Instant now) {
        Matcher fromNow = FROM_NOW.matcher(text);
        if (fromNow.matches()) {
            int count = Integer.parseInt(fromNow.group(1));
            return now.plus(fromNow.group(2).equals("d") ? Duration.ofDays(count) : Duration.ofHours(count));
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is none of 90d, 12h, 2027-01-31, 2027-01-31T12:00:00Z, never", e);
        }
    }
}
