package io.jenkins.plugins.builderfarm.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.builderfarm.bucket.BucketClient.Upload;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The record of requests, and who is let in. */
@Timeout(60)
final class RequestsTest {

    private static final String UPLOAD = "/upload/storage/v1/b/farm/o?uploadType=media&name=a";

    @Test
    void shouldRecordOneSmallConditionalRequest() throws IOException {
        try (BucketServer server = BucketServer.builder().buckets("farm").start()) {
            JsonClient client = new JsonClient(server.endpoint(), "farm");
            long generation =
                    client.upload(Upload.of("manifest", new byte[100_000])).generation();
            server.forgetRequests();

            assertThat(client.downloadUnless("manifest", generation)).isEmpty();

            assertThat(server.requests()).singleElement().satisfies(request -> {
                assertThat(request.method()).isEqualTo("GET");
                assertThat(request.path()).isEqualTo("/storage/v1/b/farm/o/manifest");
                assertThat(request.query()).contains("ifGenerationNotMatch=" + generation);
                assertThat(request.status()).isEqualTo(304);
                assertThat(request.bytesReceived()).isBetween(100L, 1024L);
                assertThat(request.bytesSent()).isBetween(100L, 1024L);
                assertThat(request.header("user-agent")).startsWith("builder-farm-test");
                assertThat(request.header("none")).isNull();
            });
        }
    }

    @Test
    void shouldCountEveryByte() throws IOException {
        try (BucketServer server = BucketServer.builder().buckets("farm").start()) {
            server.put("farm", "a", new byte[100_000]);
            String get = "GET /farm/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

            String answer = new RawHttp(server.endpoint()).talk(get);

            RecordedRequest request = server.requests().get(0);
            assertThat(request.bytesReceived()).isEqualTo(get.length());
            assertThat(request.bytesSent()).isEqualTo(answer.length());
        }
    }

    @Test
    void shouldCountUploads() throws Exception {
        try (BucketServer server = BucketServer.builder().buckets("farm").start()) {
            new RawHttp(server.endpoint()).send("POST", UPLOAD, "x".repeat(5_000));
            assertThat(server.requests().get(0).bytesReceived()).isBetween(5_100L, 5_500L);
        }
    }

    @Test
    void shouldWantATokenForWrites() throws Exception {
        Access access = Access.tokenForWrites("s3cret");
        try (BucketServer server =
                BucketServer.builder().buckets("farm").access(access).start()) {
            RawHttp http = new RawHttp(server.endpoint());

            HttpResponse<String> anonymous = http.send("POST", UPLOAD, "a");
            assertThat(anonymous.statusCode()).isEqualTo(401);
            assertThat(anonymous.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(http.send("POST", UPLOAD, "a", "Authorization", "Bearer wrong")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(http.send("POST", UPLOAD, "a", "Authorization", "s3cret").statusCode())
                    .isEqualTo(401);
            assertThat(server.get("farm", "a")).isEmpty();
            assertThat(http.send("POST", UPLOAD, "a", "Authorization", "Bearer s3cret")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(http.get("/farm/a").statusCode()).isEqualTo(200);
            assertThat(http.send("DELETE", "/storage/v1/b/farm/o/a", null).statusCode())
                    .isEqualTo(401);

            assertThat(server.requests().get(3).header("Authorization")).isEqualTo("Bearer s3cret");
            assertThat(server.requests() + access.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void shouldWantATokenForAll() throws Exception {
        try (BucketServer server = BucketServer.builder()
                .buckets("farm")
                .access(Access.tokenForAll("s3cret"))
                .start()) {
            server.put("farm", "a", "a".getBytes(UTF_8));
            RawHttp http = new RawHttp(server.endpoint());
            assertThat(http.get("/farm/a").statusCode()).isEqualTo(401);
            assertThat(http.get("/farm/a", "Authorization", "bearer s3cret").statusCode())
                    .isEqualTo(200);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Access.tokenForAll(" "));
    }
}
