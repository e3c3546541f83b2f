package io.jenkins.plugins.builderfarm.publisher;

import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.any;
import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.media;
import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.method;
import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.upload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jenkins.plugins.builderfarm.bucket.Fault;
import io.jenkins.plugins.builderfarm.bucket.Hang;
import io.jenkins.plugins.builderfarm.bucket.RecordedRequest;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole commands against a bucket on a socket, in this JVM. */
@Timeout(60)
final class PublisherTest {
    private static final Version V3 = new Version("1.3");
    private static final Version V4 = new Version("1.4");

    @TempDir
    private Path directory;

    private Desk desk;

    @BeforeEach
    void start() throws IOException {
        desk = new Desk(directory);
    }

    @AfterEach
    void stop() throws IOException {
        desk.close();
    }

    @Test
    void shouldUploadTheJarBeforeTheManifest() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"), "--expires", "90d");
        assertThat(desk.server.requests().stream().filter(r -> r.method().equals("POST")))
                .hasSize(2)
                .allMatch(request -> request.query().contains("ifGenerationMatch=0"));
        Release release = desk.manifest().release(V3).orElseThrow();
        assertThat(desk.manifest().serial()).isEqualTo(1);
        assertThat(desk.manifest().expires()).contains(Instant.parse("2027-02-21T08:00:00Z"));
        assertThat(desk.server.get("farm", "prod/" + release.object())).isPresent();

        desk.server.faults().on(upload()).nth(2).inject(Fault.status(403));
        Ran ran = desk.run("publish", "--jar", desk.jar("1.4"));
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).startsWith("publisher: can't write gs://farm/prod/buildlet.json: 403, permission denied");
        assertThat(desk.manifest().release(V4))
                .as("no manifest without its jar")
                .isEmpty();
    }

    @Test
    void shouldTellMachinesHowLongToKeepThings() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        String jar = desk.manifest().releases().get(0).object();
        assertThat(metadata("buildlet.json"))
                .containsEntry("cacheControl", "no-cache")
                .containsEntry("contentType", "application/json");
        assertThat(metadata(jar))
                .containsEntry("cacheControl", "public, max-age=31536000, immutable")
                .containsEntry("contentType", "application/java-archive");
    }

    @Test
    void shouldStartAFolderOnce() throws Exception {
        Ran early = desk.run("publish", "--jar", desk.jar("1.3"));
        assertThat(early.code()).isEqualTo(5);
        assertThat(early.err()).contains("there is no gs://farm/prod/buildlet.json; init makes the first one");
        assertThat(writes()).isZero();

        desk.done("init", "--jar", desk.jar("1.3"), "--serial", "100");
        assertThat(desk.manifest().serial()).isEqualTo(100);
        Ran again = desk.run("init", "--jar", desk.jar("1.4"));
        assertThat(again.code()).isEqualTo(5);
        assertThat(again.err()).contains("is there already; publish adds a release to it");
        assertThat(desk.manifest().release(V4)).isEmpty();
    }

    @Test
    void shouldPublishTheSameTwiceAsOnce() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        String before = desk.envelope();
        Ran again = desk.done("publish", "--jar", desk.jar("1.3"));
        assertThat(again.out()).isEqualTo("nothing to change: gs://farm/prod/buildlet.json says so already" + nl());
        assertThat(desk.envelope()).isEqualTo(before);

        Path other = Jars.jar(directory.resolve("other.jar"), "1.3", Jars.MAIN, new byte[] {
            (byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61, 9
        });
        Ran refused = desk.run("publish", "--jar", other.toString());
        assertThat(refused.code()).isEqualTo(5);
        assertThat(refused.err()).contains("release 1.3 is published already, with another jar");
        assertThat(desk.server.get("farm", "prod/" + Release.objectName(Sha256.of(other))))
                .as("nothing is uploaded for nothing")
                .isEmpty();
    }

    @Test
    void shouldPutBackAJarThatWasLost() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        Desk elsewhere = new Desk(directory);
        try (elsewhere) {
            elsewhere.server.put("farm", Desk.MANIFEST, desk.envelope().getBytes(UTF_8));
            Ran status = elsewhere.runWith(desk.key.print(), "status");
            assertThat(status.code()).isEqualTo(1);
            assertThat(status.out()).contains("PROBLEM: release 1.3: its jar buildlet/", " is not there");
            assertThat(elsewhere
                            .runWith(desk.key.print(), "publish", "--jar", desk.jar("1.3"))
                            .code())
                    .isZero();
            assertThat(elsewhere.runWith(desk.key.print(), "status").code()).isZero();
        }
    }

    @Test
    void shouldNotTakeAnotherJarForItsOwn() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        Path jar = Path.of(desk.jar("1.4"));
        String object = Release.objectName(Sha256.of(jar));
        desk.server.put("farm", "prod/" + object, "not it".getBytes(UTF_8));
        Ran ran = desk.run("publish", "--jar", jar.toString());
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).contains(object + " is there with other content than its name says; remove it");
        assertThat(desk.manifest().release(V4)).isEmpty();
    }

    /** Every command that changes something, in an order in which each has something to change. */
    @Test
    void shouldChangeNothingInADryRun() throws Exception {
        dry("init", "--jar", desk.jar("1.3"));
        dry("publish", "--jar", desk.jar("1.4"), "--channel", "canary", "--new-channel");
        dry("promote", "1.4", "--channel", "stable", "--percent", "10");
        dry("promote", "1.4", "--channel", "stable");
        dry("rollback", "--channel", "stable");
        dry("pin", "1.4", "--host-type", "host-foo");
        dry("unpin", "--host-type", "host-foo");
        dry("follow", "canary", "--host-type", "host-foo");
        dry("renew", "--expires", "90d");
        assertThat(desk.manifest().serial()).isEqualTo(9);
    }

    private void dry(String... args) throws Exception {
        desk.server.forgetRequests();
        String[] trial = Stream.concat(Stream.of(args), Stream.of("--dry-run")).toArray(String[]::new);
        Ran dry = desk.done(trial);
        assertThat(dry.out()).startsWith("dry run, would change gs://farm/prod/buildlet.json: serial ");
        assertThat(writes()).as(String.join(" ", trial)).isZero();
        Ran real = desk.done(args);
        assertThat(real.out()).startsWith("wrote gs://farm/prod/buildlet.json: serial ");
        assertThat(real.out().lines().skip(1))
                .isEqualTo(dry.out().lines().skip(1).toList());
    }

    @Test
    void shouldPlanWithoutTheSigningKey() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        desk.done("publish", "--jar", desk.jar("1.4"));
        String releaseKey = desk.key.publicKey().toString();
        Ran plan = desk.runWith("", "promote", "1.4", "--channel", "stable", "--dry-run", "--release-key", releaseKey);
        assertThat(plan.out()).contains("channel stable: 1.3 -> 1.4");
        Ran real = desk.runWith("", "promote", "1.4", "--channel", "stable", "--release-key", releaseKey);
        assertThat(real.code()).isEqualTo(2);
        assertThat(real.err()).contains("no key to sign with");
    }

    @Test
    void shouldNotBuildOnAManifestThatNobodyTrustedSigned() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        String other = SigningKey.generate(new SecureRandom()).print();
        for (String[] command : new String[][] {
            {"publish", "--jar", desk.jar("1.4")}, {"rollback", "--channel", "stable"}, {"status"}, {"renew"}
        }) {
            Ran ran = desk.runWith(other, command);
            assertThat(ran.code()).isEqualTo(5);
            assertThat(ran.err())
                    .contains("gs://farm/prod/buildlet.json: manifest: no valid signature by a trusted key");
        }
        assertThat(desk.manifest().serial()).isEqualTo(1);
    }

    /** Old key, then both, then the new one alone; machines with either key follow until the last step. */
    @Test
    void shouldHandOverFromOneKeyToAnother() throws Exception {
        SigningKey next = SigningKey.generate(new SecureRandom());
        desk.done("init", "--jar", desk.jar("1.3"));
        assertThat(desk.runWith(desk.key.print() + next.print(), "renew").code())
                .isZero();
        assertThat(desk.manifest().serial()).isEqualTo(2);
        assertThat(SignedManifest.verify(desk.envelope(), List.of(next.publicKey())))
                .isEqualTo(desk.manifest());

        assertThat(desk.runWith(next.print(), "renew").code()).isZero();
        assertThat(SignedManifest.verify(desk.envelope(), List.of(next.publicKey()))
                        .serial())
                .isEqualTo(3);
        assertThat(desk.run("status").code()).as("the old key alone").isEqualTo(5);
    }

    @Test
    void shouldTakeOverAfterTheOldKeyIsLost() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        SigningKey next = SigningKey.generate(new SecureRandom());
        Ran ran = desk.runWith(
                next.print(), "renew", "--release-key", desk.key.publicKey().toString());
        assertThat(ran.code()).isZero();
        assertThat(SignedManifest.verify(desk.envelope(), List.of(next.publicKey()))
                        .serial())
                .isEqualTo(2);
    }

    @Test
    void shouldShowWhoGetsWhat() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        desk.done("publish", "--jar", desk.jar("1.4"), "--channel", "canary", "--new-channel");
        desk.done("promote", "1.4", "--channel", "stable", "--percent", "10", "--host-type", "host-foo");
        desk.done("pin", "1.3", "--host-type", "host-bar");
        desk.done("follow", "canary", "--host-type", "host-baz", "--expires", "12h");
        assertThat(desk.done("status").out())
                .contains(
                        "serial 5, written 2026-11-23T08:00:00Z, expires 2026-11-23T20:00:00Z",
                        "  canary: 1.4",
                        "  stable: 1.3",
                        "  roll-out of 1.4 in channel stable for host-foo: 10%",
                        "  host-bar: pinned at 1.3",
                        "  host-baz: follows channel canary",
                        "  1.4: ");

        JsonObject json =
                JsonParser.parseString(desk.done("status", "--json").out()).getAsJsonObject();
        assertThat(json.get("serial").getAsInt()).isEqualTo(5);
        assertThat(json.get("expired").getAsBoolean()).isFalse();
        assertThat(json.getAsJsonObject("channels")
                        .getAsJsonObject("canary")
                        .get("release")
                        .getAsString())
                .isEqualTo("1.4");
        assertThat(json.getAsJsonArray("rollouts")
                        .get(0)
                        .getAsJsonObject()
                        .get("percent")
                        .getAsInt())
                .isEqualTo(10);
        assertThat(json.getAsJsonObject("hostTypes")
                        .getAsJsonObject("host-bar")
                        .get("release")
                        .getAsString())
                .isEqualTo("1.3");
        assertThat(json.getAsJsonArray("releases"))
                .allMatch(release -> release.getAsJsonObject().get("jarPresent").getAsBoolean());
        assertThat(json.getAsJsonArray("problems")).isEmpty();
    }

    @Test
    void shouldListJarsOverSeveralPages() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        for (int i = 0; i < 1_100; i++) {
            desk.server.put("farm", "prod/buildlet/" + i + ".jar", new byte[1]);
        }
        assertThat(desk.done("status").out()).doesNotContain("PROBLEM");
    }

    static Stream<Fault> passing() {
        return Stream.of(
                Fault.status(503), Fault.status(429), Fault.status(500), Fault.dropConnection(), Fault.closeAfter(10));
    }

    /** Once each, on every request of a publication in turn. */
    @ParameterizedTest
    @MethodSource("passing")
    void shouldOutlastWhatPasses(Fault fault) throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        desk.server.faults().on(any()).times(1).inject(fault);
        desk.server.faults().on(upload()).skip(0).times(1).inject(fault);
        desk.server.faults().on(upload()).skip(1).times(1).inject(fault);
        desk.done("publish", "--jar", desk.jar("1.4"), "--channel", "stable");
        assertThat(desk.manifest().channels().get("stable")).isEqualTo(V4);
        assertThat(desk.manifest().serial()).isEqualTo(2);
    }

    /** The write happened, the answer did not come: the next try must see its own work, not a conflict. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldKnowItsOwnWriteAgain(int number) throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        desk.server.faults().on(upload()).nth(number).inject(Fault.loseAnswer());
        Ran ran = desk.done("publish", "--jar", desk.jar("1.4"), "--channel", "stable");
        assertThat(ran.out()).contains("serial 1 -> 2");
        assertThat(desk.manifest().serial()).isEqualTo(2);
    }

    @Test
    void shouldGiveUpWithTheReason() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        var rule = desk.server.faults().on(any()).inject(Fault.status(503));
        Ran busy = desk.run("status", "--retries", "1");
        assertThat(busy.code()).isEqualTo(4);
        assertThat(busy.err()).startsWith("publisher: can't read gs://farm/prod/buildlet.json: 503");
        assertThat(rule.hits()).isEqualTo(2);
        rule.close();

        desk.server.faults().on(any()).times(1).inject(Fault.status(401));
        assertThat(desk.run("status").err()).contains("401, these credentials (or none) are not enough");
        desk.server.faults().on(method("POST")).times(1).inject(Fault.status(404));
        assertThat(desk.run("publish", "--jar", desk.jar("1.4")).err()).contains("404, there is no bucket farm");
    }

    @Test
    void shouldNotTakeAPageForAManifest() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        desk.server.faults().on(media()).times(3).inject(Fault.htmlPage());
        Ran page = desk.run("status", "--retries", "0");
        assertThat(page.code()).isEqualTo(4);
        assertThat(page.err()).contains("the answer names no generation, so it is not Cloud Storage's");
        desk.server.faults().clear();
        desk.server.faults().on(media()).inject(Fault.promiseLess(10));
        Ran cut = desk.run("status");
        assertThat(cut.code()).isEqualTo(5);
        assertThat(cut.err()).contains("buildlet.json: manifest is not valid JSON");
    }

    /** The other one's change lands between our read and our write. */
    @Test
    void shouldBeginAnewWhenSomebodyElseWasFaster() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        desk.done("publish", "--jar", desk.jar("1.4"));
        Hang hang = Fault.hang();
        desk.server.faults().on(upload()).times(1).inject(hang);
        CompletableFuture<Ran> slow =
                CompletableFuture.supplyAsync(() -> desk.run("promote", "1.4", "--channel", "stable"));
        assertThat(hang.awaitReached(Duration.ofSeconds(30))).isTrue();
        desk.done("pin", "1.3", "--host-type", "host-foo");
        hang.release();

        Ran ran = slow.get(30, TimeUnit.SECONDS);
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("somebody else changed gs://farm/prod/buildlet.json meanwhile; beginning anew");
        assertThat(desk.manifest().serial()).isEqualTo(4);
        assertThat(desk.manifest().channels().get("stable")).isEqualTo(V4);
        assertThat(desk.manifest().hostTypes()).as("the other one's change").hasSize(1);
    }

    @Test
    void shouldGiveUpWhenSomebodyElseIsAlwaysFaster() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"));
        desk.done("publish", "--jar", desk.jar("1.4"));
        String before = desk.envelope();
        desk.server.faults().on(upload()).inject(Fault.status(412));
        Ran ran = desk.run("promote", "1.4", "--channel", "stable");
        assertThat(ran.code()).isEqualTo(6);
        assertThat(ran.err()).contains("was changed by somebody else 2 times meanwhile; nothing changed, try again");
        assertThat(ran.out()).isEmpty();
        assertThat(desk.envelope()).isEqualTo(before);
    }

    @Test
    void shouldNotStartAFolderThatSomebodyElseStartsMeanwhile() throws Exception {
        Hang hang = Fault.hang();
        desk.server.faults().on(upload()).times(1).inject(hang);
        String jar = desk.jar("1.3");
        CompletableFuture<Ran> slow = CompletableFuture.supplyAsync(() -> desk.run("init", "--jar", jar));
        assertThat(hang.awaitReached(Duration.ofSeconds(30))).isTrue();
        desk.done("init", "--jar", desk.jar("1.4"));
        hang.release();
        Ran ran = slow.get(30, TimeUnit.SECONDS);
        assertThat(ran.code()).isEqualTo(6);
        assertThat(ran.err()).contains("was made by somebody else meanwhile");
        assertThat(desk.manifest().channels().get("stable")).isEqualTo(V4);
    }

    @Test
    void shouldSayThatTheManifestExpired() throws Exception {
        desk.done("init", "--jar", desk.jar("1.3"), "--expires", "12h");
        Status status = new Status(
                Folder.parse("gs://farm/prod"),
                1,
                desk.manifest(),
                Map.of(
                        desk.manifest().releases().get(0).object(),
                        desk.manifest().releases().get(0).size()),
                Ran.NOW.plus(Duration.ofHours(12)));
        assertThat(status.problems()).containsExactly("the manifest expired at 2026-11-23T20:00:00Z; renew it");
        assertThat(status.json()).contains("\"expired\": true");
    }

    private Map<String, String> metadata(String name) throws Exception {
        JsonObject json;
        try (var in = URI.create(desk.server.endpoint() + "/storage/v1/b/farm/o/prod%2F" + name.replace("/", "%2F"))
                .toURL()
                .openStream()) {
            json = JsonParser.parseString(new String(in.readAllBytes(), UTF_8)).getAsJsonObject();
        }
        return json.entrySet().stream()
                .filter(entry -> entry.getValue().isJsonPrimitive())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getAsString()));
    }

    private long writes() {
        return desk.server.requests().stream()
                .map(RecordedRequest::method)
                .filter(method -> !method.equals("GET"))
                .count();
    }

    private static String nl() {
        return System.lineSeparator();
    }
}
