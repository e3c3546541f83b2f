package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether this machine's clock goes as the farm's servers' do. */
record ClockCheck(List<WebSite> sites) implements Check {
    private static final Duration TOLERANCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Finding run() {
        List<String> told = new ArrayList<>();
        boolean wrong = false;
        for (WebSite site : sites) {
            Optional<Duration> ahead = ahead(site);
            if (ahead.isPresent()) {
                told.add(describe(ahead.get()) + " " + site.uri().getHost());
                wrong |= ahead.get().abs().compareTo(TOLERANCE) > 0;
            }
        }
        if (told.isEmpty()) {
            return Finding.skip("no server told the time");
        }
        String found = "this machine's clock is " + String.join(" and ", told);
        return wrong
                ? Finding.warn(
                        found,
                        "set it, and let the system keep it (NTP): certificates and expiry dates are judged by it")
                : Finding.ok(found);
    }

    private static Optional<Duration> ahead(WebSite site) {
        try {
            return site.answer().ahead();
        } catch (IOException e) {
            // Another check's to say.
            return Optional.empty();
        }
    }

    private static String describe(Duration ahead) {
        long seconds = ahead.abs().toSeconds();
        return seconds == 0 ? "with" : seconds + (ahead.isNegative() ? " s behind" : " s ahead of");
    }
}
