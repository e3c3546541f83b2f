package io.jenkins.plugins.builderfarm.buildlet.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When this machine was booted, by its own clock. */
final class BootTime {
    private static final Path STAT = Path.of("/proc/stat");
    private static final Pattern LINUX = Pattern.compile("(?m)^btime (\\d+)$");
    /** What {@code sysctl -n kern.boottime} says on macOS and FreeBSD; OpenBSD and NetBSD give the bare seconds. */
    private static final Pattern BSD = Pattern.compile("\\A(?:\\{ sec = )?(\\d+)\\b");

    private BootTime() {}

    static Optional<Instant> read() {
        try {
            if (Files.exists(STAT)) {
                return linux(Files.readString(STAT));
            }
            String os = System.getProperty("os.name");
            return os.startsWith("Mac") || os.endsWith("BSD") ? bsd(sysctl()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<Instant> linux(String stat) {
        return seconds(LINUX, stat);
    }

    static Optional<Instant> bsd(String sysctl) {
        return seconds(BSD, sysctl);
    }

    private static Optional<Instant> seconds(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(Instant.ofEpochSecond(Long.parseLong(matcher.group(1)))) : Optional.empty();
    }

    private static String sysctl() throws IOException {
        Process process = new ProcessBuilder("sysctl", "-n", "kern.boottime")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                return "";
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } finally {
            process.destroyForcibly();
        }
    }
}
