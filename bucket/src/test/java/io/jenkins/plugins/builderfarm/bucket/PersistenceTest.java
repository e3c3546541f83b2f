package io.jenkins.plugins.builderfarm.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.bucket.BucketClient.Stored;
import io.jenkins.plugins.builderfarm.bucket.BucketClient.Upload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a directory keeps what was stored, all of it or nothing. */
@Timeout(60)
final class PersistenceTest {

    @TempDir
    private Path directory;

    @Test
    void shouldComeBackAfterARestart() throws IOException {
        Stored before;
        try (BucketServer server = start()) {
            JsonClient client = new JsonClient(server.endpoint(), "farm");
            client.upload(Upload.of("a/b c", "old".getBytes(UTF_8)));
            client.upload(Upload.of("a/b c", "new".getBytes(UTF_8)).cached("no-store"));
            before = client.update("a/b c", "text/html", Map.of("k", "v"), null);
            client.upload(Upload.of("gone", "x".getBytes(UTF_8)));
            client.delete("gone", null);
        }
        // Without naming the bucket: it is in the directory.
        try (BucketServer server = BucketServer.builder().directory(directory).start()) {
            JsonClient client = new JsonClient(server.endpoint(), "farm");
            assertThat(client.find("a/b c")).contains(before);
            assertThat(client.download("a/b c")).asString().isEqualTo("new");
            assertThat(client.find("gone")).isEmpty();
        }
    }

    @Test
    void shouldNotReuseGenerationsWhenTheClockGoesBack() throws IOException {
        long kept;
        long deleted;
        try (BucketServer server = start()) {
            kept = server.put("farm", "a", new byte[1]);
            deleted = server.put("farm", "b", new byte[1]);
            new JsonClient(server.endpoint(), "farm").delete("b", null);
        }
        Clock early = Clock.fixed(Instant.parse("2001-01-01T00:00:00Z"), ZoneOffset.UTC);
        try (BucketServer server =
                BucketServer.builder().directory(directory).clock(early).start()) {
            assertThat(server.put("farm", "b", new byte[1])).isGreaterThan(kept).isGreaterThan(deleted);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../escape", "../../escape", "/escape", "a/../../escape", "..\\escape", "C:\\escape", ".lock"})
    void shouldStayInItsDirectory(String name) throws IOException {
        Path inside = directory.resolve("inside");
        try (BucketServer server =
                BucketServer.builder().directory(inside).buckets("farm").start()) {
            JsonClient client = new JsonClient(server.endpoint(), "farm");
            client.upload(Upload.of(name, "x".getBytes(UTF_8)));
            assertThat(client.download(name)).asString().isEqualTo("x");
            assertThat(client.delete(name, null)).isTrue();
            client.upload(Upload.of(name, "x".getBytes(UTF_8)));
        }
        assertThat(names(directory)).containsExactly("inside");
        assertThat(names(inside)).containsExactlyInAnyOrder(".lock", "farm");
        assertThat(names(inside.resolve("farm")))
                .hasSize(3)
                .allMatch(n -> n.matches("last-generation|[0-9a-f]{64}\\..*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../farm", "a/b", "UPPER", "", "ab", "a..b"})
    void shouldRefuseBucketsThatAreNone(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BucketServer.builder()
                        .directory(directory)
                        .buckets(name)
                        .start())
                .withMessageContaining("Not a bucket's name");
    }

    @Test
    void shouldSweepUpWhatACrashLeft() throws IOException {
        try (BucketServer server = start()) {
            server.put("farm", "a", "kept".getBytes(UTF_8));
        }
        Path farm = directory.resolve("farm");
        List<String> before = names(farm);
        Files.writeString(farm.resolve("upload-1.tmp"), "half an upl");
        Files.writeString(farm.resolve("write-1.tmp"), "{\"name\":");
        Files.writeString(farm.resolve(Names.key("b") + ".17"), "bytes whose metadata was not written any more");
        Files.writeString(farm.resolve(Names.key("a") + ".17"), "bytes of an older generation");

        try (BucketServer server = start()) {
            assertThat(server.get("farm", "a")).contains("kept".getBytes(UTF_8));
            assertThat(server.get("farm", "b")).isEmpty();
        }
        assertThat(names(farm)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void shouldLeaveForeignFilesAlone() throws IOException {
        Path farm = Files.createDirectory(directory.resolve("farm"));
        Path photos = Files.createDirectory(directory.resolve("photos"));
        Files.writeString(farm.resolve("notes.json"), "not ours");
        Files.writeString(photos.resolve("holiday.tmp"), "not ours");
        try (BucketServer server = start()) {
            assertThat(server.get("farm", "notes.json")).isEmpty();
        }
        assertThat(names(farm)).containsExactly("notes.json");
        assertThat(names(photos)).containsExactly("holiday.tmp");
    }

    @Test
    void shouldNameTheFileThatIsDamaged() throws IOException {
        try (BucketServer server = start()) {
            server.put("farm", "a", "bytes".getBytes(UTF_8));
        }
        Path metadata = directory.resolve("farm").resolve(Names.key("a") + ".json");
        String intact = Files.readString(metadata);
        for (String damaged : List.of("", "{", "{}", intact.replace("\"size\":\"5\"", "\"size\":\"x\""))) {
            Files.writeString(metadata, damaged);
            assertThatThrownBy(this::start)
                    .as(damaged)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(metadata.getFileName().toString());
        }
        Files.writeString(metadata, intact.replace("\"size\":\"5\"", "\"size\":\"6\""));
        assertThatThrownBy(this::start).hasMessageContaining("should hold the 6 bytes of a");
        Files.writeString(metadata, intact.replace("\"name\":\"a\"", "\"name\":\"b\""));
        assertThatThrownBy(this::start).hasMessageContaining("belongs in another file");
        Files.writeString(metadata, intact);
        start().close();
    }

    @Test
    void shouldKeepASecondServerOut() throws IOException {
        try (BucketServer server = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use")
                    .hasMessageContaining(directory.toString());
            assertThat(server.put("farm", "a", new byte[0])).isPositive();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAnAddress() throws IOException {
        try (BucketServer first = start()) {
            InetSocketAddress taken =
                    new InetSocketAddress("127.0.0.1", first.endpoint().getPort());
            assertThatThrownBy(() -> BucketServer.start(null, taken, "farm"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Can't listen on /127.0.0.1:" + taken.getPort());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldShowReadersWholeObjectsOnly(boolean onDisk) throws Exception {
        try (BucketServer server = BucketServer.builder()
                .directory(onDisk ? directory : null)
                .buckets("farm")
                .start()) {
            server.put("farm", "a", filled(0));
            AtomicBoolean done = new AtomicBoolean();
            ExecutorService readers = Executors.newFixedThreadPool(2);
            List<Future<Integer>> reads = Stream.generate(() -> readers.submit(() -> readUntil(done, server)))
                    .limit(2)
                    .toList();
            try {
                for (int i = 1; i <= 50; i++) {
                    server.put("farm", "a", filled(i));
                }
            } finally {
                done.set(true);
                readers.shutdown();
            }
            for (Future<Integer> read : reads) {
                assertThat(await(read)).isPositive();
            }
        }
    }

    private static int readUntil(AtomicBoolean done, BucketServer server) throws IOException {
        JsonClient client = new JsonClient(server.endpoint(), "farm");
        int reads = 0;
        do {
            byte[] bytes = client.download("a");
            assertThat(bytes).hasSize(100_000).containsOnly(bytes[0]);
            reads++;
        } while (!done.get());
        return reads;
    }

    private static int await(Future<Integer> read) throws InterruptedException {
        try {
            return read.get();
        } catch (ExecutionException e) {
            throw new AssertionError("A reader failed", e.getCause());
        }
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private BucketServer start() throws IOException {
        return BucketServer.start(directory, new InetSocketAddress("127.0.0.1", 0), "farm");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
