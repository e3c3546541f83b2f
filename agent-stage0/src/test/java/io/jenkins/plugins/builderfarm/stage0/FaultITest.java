package io.jenkins.plugins.builderfarm.stage0;

import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.builderfarm.bucket.Fault;
import io.jenkins.plugins.builderfarm.bucket.RequestMatch;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is wrong with the bucket: a machine with a good release in its cache comes up with that, one without ends with
 * 8 and says why, neither starts anything else, and both build again once the fault is gone.
 */
@Timeout(300)
final class FaultITest {
    private static final RequestMatch MANIFEST = object(TestFarm.MANIFEST);

    /** Would leave a trace if it were ever run. */
    private static final String UNWANTED = "return 99";

    private static final TestRelease NEWER = TestRelease.of("1.4", TestRelease.WELL);
    private static final RequestMatch JAR = object(TestFarm.object(NEWER));
    private static final TestRelease FOREIGN = TestRelease.of("1.4-evil", UNWANTED);

    private static final String LATE = "no answer in time";

    /** The silence that stage0 bears from a server is a quarter of it. */
    private static final String FOR_HANGS = "-fetch-seconds=12";
    /** Ample, for machines that are slow: no case takes as long. */
    private static final String FOR_OTHERS = "-fetch-seconds=60";

    /** What became of each case, by its name. */
    private static final Map<String, String> TABLE = new ConcurrentHashMap<>();

    @TempDir
    private Path directory;

    private TestFarm farm;
    private String newest;

    @BeforeEach
    void begin() throws Exception {
        farm = Seasoned.farm();
    }

    @AfterEach
    void end() throws Exception {
        farm.close();
    }

    /** To be called once there is a machine that has seen nothing newer yet. */
    private void publishNewer() throws Exception {
        farm.publish(NEWER);
        newest = new String(farm.manifestBytes(), StandardCharsets.UTF_8);
    }

    private void mend() throws Exception {
        farm.server().faults().clear();
        farm.putManifest(newest);
    }

    @AfterAll
    static void print() {
        System.out.println("What was wrong | with 1.3 in the cache | with nothing in the cache | said");
        shouldComeUpWithWhatIsGoodOrNotAtAll()
                .map(arguments -> TABLE.get((String) arguments.get()[0]))
                .filter(Objects::nonNull)
                .forEach(System.out::println);
    }

    /** Makes something wrong. */
    private interface Wrong {
        void make(FaultITest test) throws Exception;
    }

    static Stream<Arguments> shouldComeUpWithWhatIsGoodOrNotAtAll() {
        return Stream.of(
                arguments("manifest 404", on(MANIFEST, Fault.status(404)), "HTTP 404"),
                arguments("manifest 403", on(MANIFEST, Fault.status(403)), "HTTP 403"),
                arguments("manifest 429", on(MANIFEST, Fault.status(429, 3600)), "HTTP 429"),
                arguments("manifest 500", on(MANIFEST, Fault.status(500)), "HTTP 500"),
                arguments("manifest 503", on(MANIFEST, Fault.status(503, 1)), "HTTP 503"),
                arguments("manifest: no answer", on(MANIFEST, Fault.hang()), LATE),
                arguments("manifest: hangs in its middle", on(MANIFEST, Fault.hangAfter(50)), LATE),
                arguments("manifest: connection closed", on(MANIFEST, Fault.dropConnection()), "buildlet.json: "),
                arguments("manifest: cut off", on(MANIFEST, Fault.closeAfter(50)), "buildlet.json: "),
                arguments("manifest: too short", on(MANIFEST, Fault.promiseLess(50)), "is refused: manifest"),
                arguments("manifest: web page", on(MANIFEST, Fault.htmlPage()), "the answer is not Cloud Storage's"),
                arguments("manifest: one bit wrong", on(MANIFEST, Fault.flipBit()), "is refused: manifest"),
                arguments("manifest: unsigned", (Wrong) FaultITest::unsigned, "is refused: "),
                arguments("manifest: no signatures", (Wrong) FaultITest::withoutSignature, "no valid signature"),
                arguments("manifest: a stranger's signature", (Wrong) FaultITest::stranger, "no valid signature"),
                arguments("manifest: another payload", (Wrong) FaultITest::otherPayload, "no valid signature"),
                arguments("jar 404", on(JAR, Fault.status(404)), "HTTP 404"),
                arguments("jar 500", on(JAR, Fault.status(500)), "HTTP 500"),
                arguments("jar: hangs in its middle", on(JAR, Fault.hangAfter(50_000)), LATE),
                arguments("jar: connection closed", on(JAR, Fault.dropConnection()), ".jar: "),
                arguments("jar: one bit wrong", on(JAR, Fault.flipBit()), "is refused: its SHA-256 is"),
                arguments("jar: another one", on(JAR, Fault.serveBytes(FOREIGN.jar())), "is refused: its SHA-256 is"),
                arguments("jar: web page", on(JAR, Fault.htmlPage()), "the answer is not Cloud Storage's"),
                arguments("jar: too long", on(JAR, Fault.serveBytes(longer())), "is refused: its SHA-256 is"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void shouldComeUpWithWhatIsGoodOrNotAtAll(String name, Wrong wrong, String said) throws Exception {
        TestMachine cached = Seasoned.machine(Files.createDirectory(directory.resolve("cached")), farm);
        TestMachine empty = new TestMachine(Files.createDirectory(directory.resolve("empty")), farm);
        publishNewer();
        wrong.make(this);
        String limit = said.equals(LATE) ? FOR_HANGS : FOR_OTHERS;

        Process first = cached.start(limit);
        Process second = empty.start(limit);
        TestMachine.Run withCache = cached.finish(first);
        TestMachine.Run without = empty.finish(second);

        TABLE.put(
                name,
                name + " | runs " + cached.versions() + " | exit code " + without.code() + " | " + reason(without));
        assertThat(withCache.log()).contains("no newer release could be fetched: ", said, "starts release 1.3");
        assertThat(withCache.code()).isZero();
        assertThat(cached.versions()).containsExactly("1.3", "1.3");
        assertThat(cached.runs().get(1)).contains("-note no newer release could be fetched: ");
        assertThat(without.log()).contains(said, "nothing can be started: no release is kept here");
        assertThat(without.code()).isEqualTo(8);
        assertThat(empty.runs()).isEmpty();

        mend();
        first = cached.start();
        second = empty.start();
        assertThat(cached.finish(first).code()).isZero();
        assertThat(empty.finish(second).code()).isZero();
        assertThat(cached.versions()).containsExactly("1.3", "1.3", "1.4");
        assertThat(empty.versions()).containsExactly("1.4");
    }

    private static String reason(TestMachine.Run run) {
        return run.log()
                .lines()
                .filter(line -> line.contains("no newer release could be fetched: "))
                .map(line -> line.substring(line.indexOf("fetched: ") + "fetched: ".length()))
                .findFirst()
                .orElse("nothing");
    }

    private static Wrong on(RequestMatch match, Fault fault) {
        return test -> test.farm.server().faults().on(match).inject(fault);
    }

    private void unsigned() throws Exception {
        farm.putManifest(payload());
    }

    private String payload() {
        String base64 = newest.replaceAll(".*\"payload\":\"([^\"]*)\".*\\s*", "$1");
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private void withoutSignature() throws Exception {
        farm.putManifest(newest.replaceAll("\"signatures\":\\[.*\\]", "\"signatures\":[]"));
    }

    private void stranger() throws Exception {
        Manifest manifest = farm.manifest(99, NEWER.version(), Optional.empty());
        farm.putManifest(TestFarm.sign(manifest, SigningKey.generate(new SecureRandom())));
    }

    /** Right signature, for something else. */
    private void otherPayload() throws Exception {
        String changed = payload().replace("\"serial\":3", "\"serial\":4");
        assertThat(changed).isNotEqualTo(payload());
        String base64 = Base64.getEncoder().encodeToString(changed.getBytes(StandardCharsets.UTF_8));
        farm.putManifest(newest.replaceAll("\"payload\":\"[^\"]*\"", "\"payload\":\"" + base64 + "\""));
    }

    private static byte[] longer() {
        byte[] bytes = new byte[NEWER.jar().length + 1000];
        System.arraycopy(NEWER.jar(), 0, bytes, 0, NEWER.jar().length);
        return bytes;
    }

    @Test
    void shouldRefuseAnOlderManifest() throws Exception {
        TestMachine machine = Seasoned.machine(directory, farm);
        farm.putManifest(farm.sign(farm.manifest(1, Seasoned.RELEASE.version(), Optional.empty())));

        TestMachine.Run run = machine.run();

        assertThat(run.log()).contains("is refused: it has serial 1, and this machine has already seen 2");
        assertThat(run.code()).isZero();
        assertThat(machine.versions()).containsExactly("1.3", "1.3");
    }

    @Test
    void shouldComeUpWhenNobodyListens() throws Exception {
        TestMachine machine = Seasoned.machine(directory, farm);

        TestMachine.Run run = machine.finish(machine.startAt(TestFarm.NOWHERE, FOR_OTHERS));

        assertThat(run.log()).contains("no newer release could be fetched: ", "Connection refused");
        assertThat(run.code()).isZero();
        assertThat(machine.versions()).containsExactly("1.3", "1.3");
    }
}
