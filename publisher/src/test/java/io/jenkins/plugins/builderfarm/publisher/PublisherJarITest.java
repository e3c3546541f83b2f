package io.jenkins.plugins.builderfarm.publisher;

import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.media;
import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.upload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.Access;
import io.jenkins.plugins.builderfarm.bucket.BucketServer;
import io.jenkins.plugins.builderfarm.bucket.Fault;
import io.jenkins.plugins.builderfarm.bucket.Hang;
import io.jenkins.plugins.builderfarm.bucket.RequestMatch;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as a process, against a bucket on a socket. */
@Timeout(120)
final class PublisherJarITest {
    private static final Path JAR = Path.of("target", "publisher.jar");
    private static final MachineId MACHINE = MachineId.parse("host-foo/board1");

    @TempDir
    private Path directory;

    private BucketServer server;
    private Path keyFile;
    private ReleaseKey releaseKey;

    @BeforeEach
    void start() throws Exception {
        server = BucketServer.builder().buckets("farm").start();
        keyFile = directory.resolve("signing.key");
        Ran ran = run(Map.of(), "new-key", "--out", keyFile.toString());
        assertThat(ran.code()).isZero();
        releaseKey = ReleaseKey.parse(ran.out());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldTakeAReleaseFromItsJarToMachinesAndBack() throws Exception {
        assertDone(publisher("init", "--jar", jar("1.3")));
        assertThat(manifest().select(MACHINE).version()).isEqualTo(new Version("1.3"));

        assertDone(publisher("publish", "--jar", jar("1.4")));
        assertThat(manifest().select(MACHINE).version()).isEqualTo(new Version("1.3"));

        assertDone(publisher("promote", "1.4", "-channel=stable"));
        Release release = manifest().select(MACHINE);
        assertThat(release.version()).isEqualTo(new Version("1.4"));
        assertThat(release.object()).isEqualTo("buildlet/" + release.sha256() + ".jar");
        byte[] jar = server.get("farm", "prod/" + release.object()).orElseThrow();
        assertThat(Sha256.of(jar)).isEqualTo(release.sha256());
        assertThat(jar).hasSize((int) release.size());

        Ran status = publisher("status");
        assertDone(status);
        assertThat(status.out()).contains("serial 3", "stable: 1.4, before that 1.3");

        assertDone(publisher("rollback", "--channel", "stable"));
        assertThat(manifest().select(MACHINE).version()).isEqualTo(new Version("1.3"));
        assertThat(manifest().serial()).isEqualTo(4);
    }

    /** Application-default credentials, and a bucket that nobody writes to without a token. */
    @Test
    void shouldProveItselfToTheBucket() throws Exception {
        try (TokenServer tokens = new TokenServer("t0ken");
                BucketServer closed = BucketServer.builder()
                        .buckets("farm")
                        .access(Access.tokenForAll("t0ken"))
                        .start()) {
            Map<String, String> environment = Map.of(
                    "GOOGLE_APPLICATION_CREDENTIALS",
                    tokens.credentials(directory.resolve("account.json")).toString(),
                    Keys.VARIABLE,
                    Files.readString(keyFile));
            String[] where = {"--bucket", "gs://farm/prod", "--endpoint", closed.endpoint() + ""};
            Ran init = run(environment, join(where, "init", "--jar", jar("1.3")));
            assertDone(init);
            assertThat(closed.get("farm", "prod/buildlet.json")).isPresent();
            assertThat(tokens.asked()).isPositive();
            assertThat(init.out() + init.err()).doesNotContain("t0ken");

            Ran anonymous = run(environment, join(where, "publish", "--jar", jar("1.4"), "--anonymous"));
            assertThat(anonymous.code()).isEqualTo(4);
            assertThat(anonymous.err()).contains("401, these credentials (or none) are not enough");
        }
    }

    @Test
    void shouldReadAPublicBucketWithoutCredentialsAndNotWriteToIt() throws Exception {
        try (BucketServer readable = BucketServer.builder()
                .buckets("farm")
                .access(Access.tokenForWrites("t0ken"))
                .start()) {
            assertDone(publisher("init", "--jar", jar("1.3")));
            byte[] manifest = server.get("farm", "prod/buildlet.json").orElseThrow();
            readable.put("farm", "prod/buildlet.json", manifest);
            String[] where = {"--bucket", "gs://farm/prod", "--endpoint", readable.endpoint() + "", "--anonymous"};
            Ran status = run(Map.of(), join(where, "status", "--json", "--release-key", releaseKey.toString()));
            assertThat(status.out()).contains("\"serial\": 1");
            assertThat(status.code()).as("its jar isn't there").isEqualTo(1);
            Ran renew = run(Map.of(), join(where, "renew", "--signing-key-file", keyFile.toString()));
            assertThat(renew.code()).isEqualTo(4);
            assertThat(readable.get("farm", "prod/buildlet.json")).contains(manifest);
        }
    }

    @Test
    void shouldSayHowToGetCredentials() throws Exception {
        Map<String, String> environment = Map.of(
                "GOOGLE_APPLICATION_CREDENTIALS",
                directory.resolve("missing.json").toString());
        String[] where = {"--bucket", "gs://farm", "--endpoint", server.endpoint() + ""};
        Ran ran = run(environment, join(where, "renew", "--signing-key-file", keyFile.toString()));
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err())
                .startsWith("publisher: no application-default credentials (")
                .contains("missing.json", "gcloud auth application-default login", "--anonymous")
                .hasLineCount(1);
    }

    /** Both change the manifest that both have read; whoever is second begins anew, and both changes are there. */
    @Test
    void shouldNotLoseAnUpdateWhenTwoPublishAtOnce() throws Exception {
        assertDone(publisher("init", "--jar", jar("1.3")));
        String four = jar("1.4");
        String five = jar("1.5");
        Hang first = Fault.hang();
        Hang second = Fault.hang();
        // Each one's second upload is its manifest; the jars before them go through.
        server.faults().on(upload().and(manifestWrite())).times(1).inject(first);
        server.faults().on(upload().and(manifestWrite())).times(1).inject(second);
        CompletableFuture<Ran> one = CompletableFuture.supplyAsync(() -> quietly("publish", "--jar", four));
        CompletableFuture<Ran> two = CompletableFuture.supplyAsync(() -> quietly("publish", "--jar", five));
        assertThat(first.awaitReached(Duration.ofSeconds(60))).isTrue();
        assertThat(second.awaitReached(Duration.ofSeconds(60))).isTrue();
        first.release();
        second.release();

        List<Ran> both = List.of(one.get(60, TimeUnit.SECONDS), two.get(60, TimeUnit.SECONDS));
        assertThat(both).allMatch(ran -> ran.code() == 0);
        assertThat(both.stream().filter(ran -> ran.err().contains("beginning anew")))
                .hasSize(1);
        assertThat(manifest().releases())
                .extracting(release -> release.version().value())
                .containsExactlyInAnyOrder("1.3", "1.4", "1.5");
        assertThat(manifest().serial()).isEqualTo(3);
    }

    @Test
    void shouldOutlastATroubledBucket() throws Exception {
        assertDone(publisher("init", "--jar", jar("1.3")));
        server.faults().on(upload()).nth(1).inject(Fault.status(503));
        server.faults().on(upload()).nth(1).inject(Fault.closeAfter(20));
        server.faults().on(media()).nth(1).inject(Fault.closeAfter(100));
        server.faults().on(media()).nth(2).inject(Fault.status(429));
        assertDone(publisher("publish", "--jar", jar("1.4"), "--channel", "stable"));
        assertThat(manifest().select(MACHINE).version()).isEqualTo(new Version("1.4"));
        assertThat(manifest().serial()).isEqualTo(2);
    }

    @Test
    void shouldGiveWayToAnotherPublisher() throws Exception {
        assertDone(publisher("init", "--jar", jar("1.3")));
        byte[] before = server.get("farm", "prod/buildlet.json").orElseThrow();
        server.faults().on(upload()).inject(Fault.status(412));
        Ran ran = publisher("renew");
        assertThat(ran.code()).isEqualTo(6);
        assertThat(ran.err()).contains("nothing changed, try again");
        assertThat(server.get("farm", "prod/buildlet.json")).contains(before);
    }

    @Test
    void shouldBeSelfContained() throws Exception {
        Ran ran = run(Map.of(), "--version");
        assertThat(ran.out()).matches("publisher [0-9].*\\R");
        assertThat(ran.code()).isZero();
    }

    @Test
    void shouldExitWithUsage() throws Exception {
        Ran ran = run(Map.of(), "publish", "--colour");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .isEqualTo("publisher: unknown flag: --colour (--help says more)" + System.lineSeparator());
    }

    private Manifest manifest() throws Exception {
        String envelope = new String(server.get("farm", "prod/buildlet.json").orElseThrow(), UTF_8);
        return SignedManifest.verify(envelope, List.of(releaseKey));
    }

    private String jar(String version) throws IOException {
        return Jars.buildlet(directory, version).toString();
    }

    /** The manifest is replaced at the generation that was read, the jars are new. */
    private static RequestMatch manifestWrite() {
        return request -> !request.query("ifGenerationMatch").orElse("").equals("0");
    }

    private static String[] join(String[] more, String... args) {
        return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
    }

    private Ran quietly(String... args) {
        try {
            return publisher(args);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Ran publisher(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of(
                "--bucket",
                "gs://farm/prod",
                "--endpoint",
                server.endpoint().toString(),
                "--anonymous",
                "--signing-key-file",
                keyFile.toString()));
        return run(Map.of(), all.toArray(String[]::new));
    }

    private static void assertDone(Ran ran) {
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
    }

    private Ran run(Map<String, String> environment, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove(Keys.VARIABLE);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
