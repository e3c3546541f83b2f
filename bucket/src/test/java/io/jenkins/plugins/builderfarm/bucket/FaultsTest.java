package io.jenkins.plugins.builderfarm.bucket;

import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.any;
import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.media;
import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.method;
import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.object;
import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.objectPrefix;
import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.pathPrefix;
import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.upload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.BucketClient.Upload;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That faults look on the wire as they are described. */
@Timeout(60)
final class FaultsTest {

    private static final String GET_A = "GET /farm/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final Duration LONG = Duration.ofSeconds(30);

    private BucketServer server;
    private RawHttp http;

    @BeforeEach
    void start() throws IOException {
        server = BucketServer.builder().buckets("farm").start();
        server.put("farm", "a", "0123456789".getBytes(UTF_8));
        server.put("farm", "b", "other".getBytes(UTF_8));
        http = new RawHttp(server.endpoint());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldAnswerWithAStatus() throws Exception {
        server.faults().on(object("a")).inject(Fault.status(503, 7));

        HttpResponse<String> response = http.get("/storage/v1/b/farm/o/a?alt=media");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("7");
        assertThat(response.body()).contains("\"reason\":\"backendError\"");
        assertThat(http.get("/farm/a").body()).contains("<Code>ServiceUnavailable</Code>");
        assertThat(http.get("/farm/b").statusCode()).isEqualTo(200);
        assertThat(server.requests()).extracting(RecordedRequest::faulty).containsExactly(true, true, false);
    }

    @Test
    void shouldHitTheNthRequestOnly() throws Exception {
        var fault = server.faults().on(media().and(object("a"))).nth(2).inject(Fault.status(500));

        assertThat(http.get("/farm/a").statusCode()).isEqualTo(200);
        assertThat(http.get("/storage/v1/b/farm/o/a").statusCode())
                .as("metadata")
                .isEqualTo(200);
        assertThat(fault.hits()).isZero();
        assertThat(http.get("/farm/a").statusCode()).isEqualTo(500);
        assertThat(http.get("/farm/a").statusCode()).isEqualTo(200);
        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void shouldGoThroughRulesInOrder() throws Exception {
        server.faults().on(method("GET")).times(1).inject(Fault.status(500));
        server.faults().on(pathPrefix("/farm/")).times(1).inject(Fault.status(429));
        var last = server.faults().on(objectPrefix("a").or(objectPrefix("b"))).inject(Fault.status(403));

        assertThat(http.get("/farm/a").statusCode()).isEqualTo(500);
        assertThat(http.get("/farm/a").statusCode()).isEqualTo(429);
        assertThat(http.get("/farm/a").statusCode()).isEqualTo(403);
        last.close();
        assertThat(http.get("/farm/a").statusCode()).isEqualTo(200);

        server.faults().on(any()).inject(Fault.status(404));
        server.faults().clear();
        assertThat(http.get("/farm/a").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldServeAPageForPeople() throws Exception {
        server.faults().on(any()).inject(Fault.htmlPage());
        HttpResponse<String> response = http.get("/farm/a");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=UTF-8");
        assertThat(response.body()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void shouldCloseInTheMiddleOfABody() throws IOException {
        server.faults().on(any()).inject(Fault.closeAfter(4));
        assertThat(http.talk(GET_A)).contains("Content-length: 10\r\n").endsWith("\r\n\r\n0123");
        assertThat(server.requests().get(0).status()).isEqualTo(200);
    }

    @Test
    void shouldCloseBeforeABody() throws IOException {
        server.faults().on(any()).inject(Fault.closeAfter(0));
        assertThat(http.talk(GET_A)).contains("Content-length: 10\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void shouldPromiseMoreThanItSends() throws IOException {
        server.faults().on(any()).inject(Fault.promiseMore(5));
        assertThat(http.talk(GET_A)).contains("Content-length: 15\r\n").endsWith("\r\n\r\n0123456789");
    }

    @Test
    void shouldPromiseLessThanThereIs() throws IOException {
        server.faults().on(any()).inject(Fault.promiseLess(5));
        assertThat(http.talk(GET_A)).contains("Content-length: 5\r\n").endsWith("\r\n\r\n01234");
    }

    @Test
    void shouldSwapBytesUnderTheSameHead() throws Exception {
        String etag = http.get("/farm/a").headers().firstValue("ETag").orElseThrow();
        server.faults().on(object("a")).times(1).inject(Fault.serveText("evil"));
        server.faults().on(object("a")).inject(Fault.flipBit());

        HttpResponse<String> swapped = http.get("/farm/a");
        assertThat(swapped.body()).isEqualTo("evil");
        assertThat(swapped.headers().firstValue("ETag")).contains(etag);
        assertThat(http.get("/farm/a").body()).isEqualTo("0123446789");
        assertThat(http.get("/farm/a", "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(server.get("farm", "a")).contains("0123456789".getBytes(UTF_8));
    }

    @Test
    void shouldCompose() throws IOException {
        server.faults().on(any()).inject(Fault.serveText("abcdef").and(Fault.closeAfter(3)));
        assertThat(http.talk(GET_A)).contains("Content-length: 6\r\n").endsWith("\r\n\r\nabc");
    }

    @Test
    void shouldCloseWithoutAnAnswer() throws IOException {
        server.faults().on(upload()).times(1).inject(Fault.dropConnection());
        server.faults().on(upload()).inject(Fault.loseAnswer());
        String post = "POST /upload/storage/v1/b/farm/o?uploadType=media&name=c HTTP/1.1\r\nHost: x\r\n"
                + "Content-Length: 1\r\n\r\nc";

        assertThat(http.talk(post)).isEmpty();
        assertThat(server.get("farm", "c")).as("never came to be").isEmpty();
        assertThat(http.talk(post)).isEmpty();
        assertThat(server.get("farm", "c")).as("the answer got lost").isPresent();
        assertThat(server.requests()).extracting(RecordedRequest::status).containsExactly(0, 0);
    }

    @Test
    void shouldHoldARequestBack() throws Exception {
        Hang hang = Fault.hang();
        server.faults().on(upload()).inject(hang);
        CompletableFuture<HttpResponse<String>> response =
                async("POST", "/upload/storage/v1/b/farm/o?uploadType=media&name=c", "c");

        assertThat(hang.awaitReached(LONG)).isTrue();
        assertThat(server.get("farm", "c")).isEmpty();
        assertThat(server.requests()).singleElement().matches(request -> request.status() == 0);
        hang.release();

        assertThat(response.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(server.get("farm", "c")).isPresent();
    }

    @Test
    void shouldHoldABodyBack() throws Exception {
        Hang hang = Fault.hangAfter(4);
        server.faults().on(object("a")).inject(hang);
        CompletableFuture<HttpResponse<String>> response = async("GET", "/farm/a", null);

        assertThat(hang.awaitReached(LONG)).isTrue();
        assertThat(response).isNotDone();
        assertThat(http.get("/farm/b").body()).as("others go on").isEqualTo("other");
        hang.release();

        assertThat(response.get(30, TimeUnit.SECONDS).body()).isEqualTo("0123456789");
    }

    @Test
    void shouldCloseWhileRequestsHang() throws Exception {
        Hang hang = Fault.hang();
        server.faults().on(any()).inject(hang);
        CompletableFuture<HttpResponse<String>> response = async("GET", "/farm/a", null);
        assertThat(hang.awaitReached(LONG)).isTrue();

        server.close();

        assertThat(response).failsWithin(LONG);
    }

    @Test
    void shouldSpoilWhatAnOfficialClientReads() throws IOException {
        JsonClient client = new JsonClient(server.endpoint(), "farm");
        client.upload(Upload.of("jar", "bytes".getBytes(UTF_8)));
        server.faults().on(media()).inject(Fault.serveText("evil"));
        assertThat(client.download("jar")).asString().isEqualTo("evil");
    }

    private CompletableFuture<HttpResponse<String>> async(String method, String path, String body) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return http.send(method, path, body);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
