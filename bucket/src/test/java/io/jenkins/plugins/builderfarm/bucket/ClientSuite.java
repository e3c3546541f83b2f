package io.jenkins.plugins.builderfarm.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.bucket.BucketClient.Refused;
import io.jenkins.plugins.builderfarm.bucket.BucketClient.Stored;
import io.jenkins.plugins.builderfarm.bucket.BucketClient.Upload;
import io.jenkins.plugins.builderfarm.bucket.BucketClient.Way;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an official client expects of Cloud Storage; run with each of them. */
@Timeout(60)
abstract class ClientSuite {

    private static final String BUCKET = "farm-releases";
    /** MD5 and CRC-32C of other bytes than any that the suite uploads. */
    private static final String WRONG_MD5 = "1B2M2Y8AsgTpgAmY7PhCfg==";

    private static final String WRONG_CRC32C = "AAAAAA==";

    private BucketServer server;
    private BucketClient client;

    abstract BucketClient connect(URI endpoint, String bucket);

    @BeforeEach
    void start() throws IOException {
        server = BucketServer.builder().buckets(BUCKET).start();
        client = connect(server.endpoint(), BUCKET);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepWhatWasUploaded(Way way) throws IOException {
        byte[] bytes = random(3 * UploadSession.CHUNK_UNIT + 17);

        Stored stored = client.upload(Upload.of("a.jar", bytes).by(way));

        assertThat(stored.size()).isEqualTo(bytes.length);
        assertThat(stored.metageneration()).isEqualTo(1);
        assertThat(stored.contentType()).isEqualTo("text/plain");
        assertThat(client.download("a.jar")).isEqualTo(bytes);
        assertThat(client.find("a.jar")).contains(stored);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepEmptyObjects(Way way) throws IOException {
        assertThat(client.upload(Upload.of("empty", new byte[0]).by(way)).size())
                .isZero();
        assertThat(server.get(BUCKET, "empty")).contains(new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, UploadSession.CHUNK_UNIT, 2 * UploadSession.CHUNK_UNIT})
    void shouldResumeAtEveryChunkBorder(int size) throws IOException {
        byte[] bytes = random(size);
        client.upload(Upload.of("a", bytes).by(Way.RESUMABLE));
        assertThat(client.download("a")).isEqualTo(bytes);
    }

    @Test
    void shouldCalculateChecksums() throws IOException {
        Stored stored = client.upload(Upload.of("nine", "123456789".getBytes(UTF_8)));

        // The check value of CRC-32C (Castagnoli) is e3069283; the digest is md5sum's.
        assertThat(stored.crc32c()).isEqualTo("4waSgw==");
        assertThat(stored.md5()).isEqualTo("JfnnlDI7RTiF9RgfG2JNCw==");
    }

    @Test
    void shouldDownloadPartOfAnObject() throws IOException {
        client.upload(Upload.of("digits", "0123456789".getBytes(UTF_8)));
        assertThat(client.downloadRange("digits", 2, 5)).asString().isEqualTo("2345");
        assertThat(client.downloadRange("digits", 7, 99)).asString().isEqualTo("789");
    }

    @Test
    void shouldNotSendWhatTheClientHas() throws IOException {
        long first = client.upload(Upload.of("manifest", bytes("one"))).generation();
        assertThat(client.downloadUnless("manifest", first)).isEmpty();

        client.upload(Upload.of("manifest", bytes("two")));
        assertThat(client.downloadUnless("manifest", first)).contains(bytes("two"));
    }

    @Test
    void shouldFindTheLiveGenerationOnly() throws IOException {
        long first = client.upload(Upload.of("a", bytes("one"))).generation();
        assertThat(client.downloadGeneration("a", first)).asString().isEqualTo("one");

        long second = client.upload(Upload.of("a", bytes("two"))).generation();
        assertThat(second).isGreaterThan(first);
        assertThat(client.downloadGeneration("a", second)).asString().isEqualTo("two");
        assertRefused(404, () -> client.downloadGeneration("a", first));
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetOneOfTwoWritersWin(Way way) throws IOException {
        Upload fresh = Upload.of("manifest", bytes("one")).by(way);
        long first = client.upload(fresh.ifGeneration(0)).generation();
        assertRefused(412, () -> client.upload(fresh.ifGeneration(0)));

        Upload newer = Upload.of("manifest", bytes("two")).by(way);
        client.upload(newer.ifGeneration(first));
        assertRefused(412, () -> client.upload(newer.ifGeneration(first)));
        assertRefused(
                412, () -> client.upload(Upload.of("other", bytes("x")).by(way).ifGeneration(first)));

        assertThat(client.download("manifest")).asString().isEqualTo("two");
        assertThat(client.find("other")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_REQUEST", "RESUMABLE"})
    void shouldRefuseBytesThatWereSpoiltOnTheWay(Way way) throws IOException {
        Upload upload = Upload.of("a.jar", bytes("jar")).by(way);
        assertRefused(400, () -> client.upload(upload.promising(WRONG_MD5, null)));
        assertRefused(400, () -> client.upload(upload.promising(null, WRONG_CRC32C)));
        assertThat(client.find("a.jar")).isEmpty();

        Stored stored = client.upload(upload);
        client.upload(upload.promising(stored.md5(), stored.crc32c()));
        assertRefused(400, () -> client.upload(upload.promising(WRONG_MD5, null)));
        assertThat(client.download("a.jar")).asString().isEqualTo("jar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space",
                "a/b/c",
                "100%",
                "%2F",
                "a+b c",
                "grüße/日本/🚜",
                "a?b#c&d=e",
                "../../etc/passwd",
                "/leading",
                "trailing/",
                "a//b",
                "quote'\"<>;:@",
                "back\\slash"
            })
    void shouldTakeAnyName(String name) throws IOException {
        for (Way way : Way.values()) {
            byte[] bytes = bytes(name + way);
            assertThat(client.upload(Upload.of(name, bytes).by(way)).name()).isEqualTo(name);
            assertThat(client.download(name)).isEqualTo(bytes);
        }
        assertThat(client.list("", false, 10, null).names()).containsExactly(name);
        assertThat(client.update(name, "text/html", Map.of(), null).name()).isEqualTo(name);
        assertThat(client.delete(name, null)).isTrue();
        assertThat(client.find(name)).isEmpty();
    }

    @Test
    void shouldTakeNamesTooLongForAnUrl() throws IOException {
        // 1,023 bytes, 3,069 once encoded: Google's library then sends the GET as a POST.
        String name = "日".repeat(341);
        client.upload(Upload.of(name, bytes("long")));
        assertThat(client.download(name)).asString().isEqualTo("long");
        assertRefused(400, () -> client.upload(Upload.of(name + "xx", bytes("too long"))));
    }

    @Test
    void shouldListPageByPage() throws IOException {
        for (String name : List.of("b/2", "a/1", "b/1", "c", "b/sub/3", "é", "B")) {
            client.upload(Upload.of(name, bytes(name)));
        }
        assertThat(all("", false, 2)).containsExactly("B", "a/1", "b/1", "b/2", "b/sub/3", "c", "é");
        assertThat(all("b/", false, 100)).containsExactly("b/1", "b/2", "b/sub/3");
        assertThat(all("nothing", false, 100)).isEmpty();
        assertThat(all("", true, 100)).containsExactlyInAnyOrder("B", "a/", "b/", "c", "é");
        assertThat(all("", true, 1)).containsExactly("B", "a/", "b/", "c", "é");
        assertThat(all("b/", true, 2)).containsExactlyInAnyOrder("b/1", "b/2", "b/sub/");
    }

    @Test
    void shouldDelete() throws IOException {
        long generation = client.upload(Upload.of("a", bytes("a"))).generation();
        assertRefused(412, () -> client.delete("a", generation - 1));
        assertThat(client.find("a")).isPresent();

        assertThat(client.delete("a", generation)).isTrue();
        assertThat(client.find("a")).isEmpty();
        assertThat(client.delete("a", null)).isFalse();
        assertRefused(404, () -> client.download("a"));
    }

    @Test
    void shouldNeverUseAGenerationTwice() throws IOException {
        long before = client.upload(Upload.of("a", bytes("a"))).generation();
        client.delete("a", null);
        assertThat(client.upload(Upload.of("a", bytes("a"))).generation()).isGreaterThan(before);
    }

    @Test
    void shouldChangeMetadataWithoutTouchingBytes() throws IOException {
        Stored before = client.upload(Upload.of("a", bytes("a")).cached("no-cache"));
        assertThat(before.cacheControl()).isEqualTo("no-cache");

        Stored after = client.update("a", "application/json", Map.of("serial", "7"), before.metageneration());

        assertThat(after.generation()).isEqualTo(before.generation());
        assertThat(after.metageneration()).isEqualTo(2);
        assertThat(after.contentType()).isEqualTo("application/json");
        assertThat(after.cacheControl()).isEqualTo("no-cache");
        assertThat(after.metadata()).containsExactlyEntriesOf(Map.of("serial", "7"));
        assertThat(client.find("a")).contains(after);
        assertThat(client.download("a")).asString().isEqualTo("a");
        assertRefused(412, () -> client.update("a", "text/html", Map.of(), before.metageneration()));
        assertRefused(404, () -> client.update("none", "text/html", Map.of(), null));
    }

    @Test
    void shouldKnowItsBuckets() throws Exception {
        assertThat(client.bucketExists(BUCKET)).isTrue();
        assertThat(client.bucketExists("no-such-bucket")).isFalse();
        try (BucketClient lost = connect(server.endpoint(), "no-such-bucket")) {
            assertRefused(404, () -> lost.upload(Upload.of("a", bytes("a"))));
            assertRefused(404, () -> lost.upload(Upload.of("a", bytes("a")).by(Way.RESUMABLE)));
            assertRefused(404, () -> lost.download("a"));
            assertRefused(404, () -> lost.list("", false, 10, null));
        }
    }

    @Test
    void shouldReportInjectedRefusals() throws IOException {
        client.upload(Upload.of("a", bytes("a")));
        for (int status : new int[] {403, 404, 429, 500, 503}) {
            try (var fault = server.faults().on(RequestMatch.media()).inject(Fault.status(status))) {
                assertRefused(status, () -> client.download("a"));
                assertThat(fault.hits()).isPositive();
            }
        }
        assertThat(client.download("a")).asString().isEqualTo("a");
    }

    private List<String> all(String prefix, boolean folders, int pageSize) throws IOException {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            BucketClient.ListedPage page = client.list(prefix, folders, pageSize, token);
            assertThat(page.names()).hasSizeLessThanOrEqualTo(pageSize);
            names.addAll(page.names());
            token = page.nextPageToken();
        } while (token != null);
        return names;
    }

    private static void assertRefused(int status, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refused.class, e -> assertThat(e.status)
                .as(e.getMessage())
                .isEqualTo(status));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
