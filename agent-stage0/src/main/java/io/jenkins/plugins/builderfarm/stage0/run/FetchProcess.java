package io.jenkins.plugins.builderfarm.stage0.run;

import io.jenkins.plugins.builderfarm.stage0.CrashReport;
import io.jenkins.plugins.builderfarm.stage0.Explain;
import io.jenkins.plugins.builderfarm.stage0.fetch.FetchMain;
import io.jenkins.plugins.builderfarm.stage0.fetch.FetchRequest;
import io.jenkins.plugins.builderfarm.stage0.network.ProxyPassword;
import io.jenkins.plugins.builderfarm.stage0.state.FetchOutcome;
import io.jenkins.plugins.builderfarm.stage0.state.StateFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the fetch in a Java process of its own, so that Google's client is gone before the buildlet starts to wait. */
public final class FetchProcess {
    /** Small: it lives for a second, and a machine may have no more than 512 MiB. */
    private static final List<String> JVM_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms4m",
            "-Xmx64m",
            "-Xss512k",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError");

    /** What an owner may have told this JVM about the network, and the fetch must know too. */
    private static final List<String> HANDED_ON = List.of(
            "http.proxyHost",
            "http.proxyPort",
            "http.nonProxyHosts",
            "https.proxyHost",
            "https.proxyPort",
            "socksProxyHost",
            "socksProxyPort",
            "java.net.useSystemProxies",
            "java.net.preferIPv4Stack",
            "java.net.preferIPv6Addresses",
            "javax.net.ssl.trustStore",
            "javax.net.ssl.trustStoreType",
            ProxyPassword.SCHEMES_PROPERTY,
            ProxyPassword.SOURCE_PROPERTY,
            "user.home",
            "java.io.tmpdir");

    private static final Duration GRACE = Duration.ofSeconds(10);

    private FetchProcess() {}

    /** Fetches; whatever goes wrong is in the outcome. */
    public static FetchOutcome run(FetchRequest request) throws InterruptedException {
        StateFile file = request.state().outcome();
        try {
            // Or an old outcome would pass for this one's.
            file.delete();
            Process process = new ProcessBuilder(command(request))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread lines = new Thread(() -> passOn(process), "lines of the fetch");
            lines.setDaemon(true);
            lines.start();
            int code;
            try {
                code = await(process, request.limit().plus(GRACE));
            } finally {
                process.destroyForcibly();
                process.getOutputStream().close();
            }
            lines.join(GRACE.toMillis());
            if (code == FetchMain.EXIT_DONE) {
                return FetchOutcome.read(file).orElseGet(() -> FetchOutcome.failed("the fetch left no outcome"));
            }
            return FetchOutcome.failed(explain(code, request));
        } catch (IOException e) {
            return FetchOutcome.failed("the fetch could not be run: " + Explain.of(e));
        }
    }

    /** To where this JVM's standard error goes, which its child's would not know of. */
    private static void passOn(Process process) {
        try (BufferedReader lines = process.errorReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.err.println(line);
            }
        } catch (IOException e) {
            // The process was ended in the middle of a line.
        }
    }

    private static int await(Process process, Duration limit) throws InterruptedException {
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        return ended ? process.exitValue() : FetchMain.EXIT_LATE;
    }

    private static String explain(int code, FetchRequest request) {
        return switch (code) {
            case FetchMain.EXIT_BUSY -> "another fetch is at work in " + request.state();
            case FetchMain.EXIT_LATE ->
                "the fetch from " + request.bucket() + " took longer than "
                        + request.limit().toSeconds() + " s";
            case FetchMain.EXIT_UNWRITABLE -> "nothing can be written to " + request.state();
            default -> "the fetch ended with exit code " + code;
        };
    }

    private static List<String> command(FetchRequest request) {
        List<String> flags = new ArrayList<>(JVM_FLAGS);
        flags.add(CrashReport.flag(
                request.state().path().resolve("fetch.crash.log").toString()));
        for (String name : HANDED_ON) {
            String value = System.getProperty(name);
            if (value != null) {
                flags.add("-D" + name + "=" + value);
            }
        }
        return OwnCommand.with(flags, FetchMain.class, request.arguments());
    }
}
