package io.jenkins.plugins.builderfarm.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as a process. */
@Timeout(120)
final class BucketJarITest {

    private static final Path JAR = Path.of("target", "bucket.jar");

    @TempDir
    private Path directory;

    @Test
    void shouldServeAndSurviveBeingKilled() throws Exception {
        Path portFile = directory.resolve("port");
        Path token = Files.writeString(directory.resolve("token"), "s3cret\n");
        String[] flags = {
            "--listen",
            "127.0.0.1:0",
            "--dir",
            directory.resolve("objects").toString(),
            "--bucket",
            "farm",
            "--port-file",
            portFile.toString(),
            "--require-token-for-writes",
            token.toString()
        };
        String upload = "/upload/storage/v1/b/farm/o?uploadType=media&name=a";

        Process first = start(flags);
        try {
            RawHttp http = new RawHttp(endpoint(first, portFile));
            assertThat(http.send("POST", upload, "one").statusCode()).isEqualTo(401);
            assertThat(http.send("POST", upload, "one", "Authorization", "Bearer s3cret")
                            .statusCode())
                    .isEqualTo(200);
            leaveHalfAnUpload(http);
            assertThat(drafts()).hasSize(1);
        } finally {
            first.destroyForcibly().waitFor();
        }

        Process second = start(flags);
        try {
            RawHttp http = new RawHttp(endpoint(second, portFile));
            assertThat(http.get("/farm/a").body()).isEqualTo("one");
            assertThat(http.get("/farm/half").statusCode()).isEqualTo(404);
            assertThat(drafts()).isEmpty();
            // SIGTERM, as a supervisor sends it
            second.destroy();
            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(portFile).doesNotExist();
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldExitWithUsage() throws Exception {
        Process process = start("--listen", "nowhere");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(64);
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).startsWith("bucket: --listen nowhere");
    }

    @Test
    void shouldCarryWhatItNeedsAndNoMore() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getEntry("com/google/gson/Gson.class")).isNotNull();
            assertThat(jar.stream().filter(entry -> entry.getName().endsWith(".class")))
                    .allMatch(entry -> entry.getName().startsWith("io/jenkins/plugins/builderfarm/bucket/")
                            || entry.getName().startsWith("com/google/gson/")
                            || entry.getName().startsWith("com/google/errorprone/annotations/"));
        }
    }

    /** The server has the first chunk on its disk when this returns. */
    private static void leaveHalfAnUpload(RawHttp http) throws Exception {
        String begin = "/upload/storage/v1/b/farm/o?uploadType=resumable&name=half";
        URI session = URI.create(http.send("POST", begin, "{}", "Authorization", "Bearer s3cret")
                .headers()
                .firstValue("Location")
                .orElseThrow());
        String path = session.getRawPath() + "?" + session.getRawQuery();
        String chunk = "x".repeat(UploadSession.CHUNK_UNIT);
        String[] headers = {"Authorization", "Bearer s3cret", "Content-Range", "bytes 0-262143/524288"};
        assertThat(http.send("PUT", path, chunk, headers).statusCode()).isEqualTo(308);
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("objects").resolve("farm"))) {
            return files.filter(file -> file.toString().endsWith(".tmp")).toList();
        }
    }

    private static Process start(String... flags) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(flags));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** The port file is there before the program's one line of output. */
    private static URI endpoint(Process process, Path portFile) throws IOException {
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        assertThat(output.readLine()).startsWith("bucket: farm on http://127.0.0.1:");
        return URI.create("http://127.0.0.1:" + Files.readString(portFile).trim());
    }
}
