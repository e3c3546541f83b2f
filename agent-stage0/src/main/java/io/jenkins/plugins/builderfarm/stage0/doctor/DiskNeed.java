package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much free disk the buildlet wants before it takes work: what its flag says, else its default. Stateless. */
final class DiskNeed {
    private static final long DEFAULT = 1L << 30;
    private static final Pattern FLAG = Pattern.compile("--?min-free-disk=(\\d{1,12})([KMG]?)");

    private DiskNeed() {}

    /** In bytes. */
    static long of(List<String> buildletFlags) {
        for (String flag : buildletFlags) {
            Matcher matcher = FLAG.matcher(flag);
            if (matcher.matches()) {
                int shift =
                        switch (matcher.group(2)) {
                            case "K" -> 10;
                            case "M" -> 20;
                            case "G" -> 30;
                            default -> 0;
                        };
                return Long.parseLong(matcher.group(1)) << shift;
            }
        }
        return DEFAULT;
    }
}
