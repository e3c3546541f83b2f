package io.jenkins.plugins.builderfarm.testbed.jenkins;

import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.testbed.Patience;
import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.LogFile;
import io.jenkins.plugins.builderfarm.testbed.program.ManagedProcess;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import io.jenkins.plugins.builderfarm.testbed.program.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Jenkins on loopback with one user, {@code admin}, whose password is made up at every start. */
public final class LocalJenkins implements AutoCloseable {
    /** The name under which a configuration file can refer to the password. */
    public static final String PASSWORD_SECRET = "DEMO_PASSWORD";

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final int PASSWORD_BYTES = 15;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ManagedProcess process;
    private final JenkinsClient client;
    private final ControllerUrl url;
    private final Path log;

    private LocalJenkins(ManagedProcess process, JenkinsClient client, ControllerUrl url, Path log) {
        this.process = process;
        this.client = client;
        this.url = url;
        this.log = log;
    }

    /**
     * Serves pages when this returns.
     *
     * @param directory for its home and its log; private
     * @param port 0 for any free one
     * @param configuration configuration as code; {@value FarmConfiguration#URL} in it becomes the root URL
     */
    public static LocalJenkins start(Distribution distribution, Path directory, int port, String configuration)
            throws Exception {
        int chosen = port == 0 ? freePort() : port;
        ControllerUrl url = ControllerUrl.parse("http://127.0.0.1:" + chosen + "/");
        Path home = Secrets.directory(directory.resolve("jenkins"));
        Path secrets = Secrets.directory(directory.resolve("jenkins-secrets"));
        distribution.install(home);
        String password = password();
        Secrets.write(secrets.resolve(PASSWORD_SECRET), password);
        Path casc = Files.writeString(
                home.resolve("jenkins.yaml"), configuration.replace(FarmConfiguration.URL, url.toString()));
        LogFile log = LogFile.create(directory.resolve("jenkins.log"));
        List<String> command = List.of(
                Programs.java().toString(),
                "-Xmx768m",
                "-Djenkins.install.runSetupWizard=false",
                "-Djava.awt.headless=true",
                "-jar",
                distribution.war().toAbsolutePath().toString(),
                "--httpListenAddress=127.0.0.1",
                "--httpPort=" + chosen);
        Map<String, String> environment = Map.of(
                "JENKINS_HOME", home.toString(),
                "CASC_JENKINS_CONFIG", casc.toString(),
                "SECRETS", secrets.toString());
        ManagedProcess process = ManagedProcess.start(command, environment, directory, new Lines(log::add));
        JenkinsClient client = new JenkinsClient(url.uri(), password);
        try {
            Patience.await("Jenkins", START_LIMIT, () -> {
                if (!process.isAlive()) {
                    throw new IOException("Jenkins ended; see " + log.file());
                }
                return client.isUp() ? Optional.of(true) : Optional.empty();
            });
        } catch (Exception e) {
            process.close();
            throw e;
        }
        return new LocalJenkins(process, client, url, log.file());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String password() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public ControllerUrl url() {
        return url;
    }

    public JenkinsClient client() {
        return client;
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
