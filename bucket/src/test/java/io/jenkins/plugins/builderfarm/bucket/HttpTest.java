package io.jenkins.plugins.builderfarm.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official clients do not exercise: the public form, ranges, and malformed requests. */
@Timeout(60)
final class HttpTest {

    private static final String UPLOAD = "/upload/storage/v1/b/farm/o?uploadType=";
    private static final String MULTIPART = "multipart/related; boundary=B";

    private BucketServer server;
    private RawHttp http;

    @BeforeEach
    void start() throws IOException {
        server = BucketServer.builder()
                .buckets("farm")
                .clock(Clock.fixed(Instant.parse("2026-11-05T10:20:30Z"), ZoneOffset.UTC))
                .maxObjectBytes(1 << 20)
                .start();
        http = new RawHttp(server.endpoint());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldServeThePublicForm() throws Exception {
        long generation = put("builds/a b.txt", "123456789");

        HttpResponse<String> response = http.get("/farm/builds/a%20b.txt");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("123456789");
        assertHeader(response, "ETag", "\"25f9e794323b453885f5181f1b624d0b\"");
        assertHeader(response, "x-goog-generation", Long.toString(generation));
        assertHeader(response, "x-goog-metageneration", "1");
        assertHeader(response, "Last-Modified", "Thu, 05 Nov 2026 10:20:30 GMT");
        assertHeader(response, "Accept-Ranges", "bytes");
        assertHeader(response, "Content-Type", "application/octet-stream");
        assertHeader(response, "Cache-Control", "public, max-age=3600");
        assertThat(response.headers().allValues("x-goog-hash"))
                .containsExactly("crc32c=4waSgw==", "md5=JfnnlDI7RTiF9RgfG2JNCw==");
    }

    @Test
    void shouldAnswerHeadLikeGetWithoutTheBytes() throws Exception {
        put("a", "12345");
        HttpResponse<String> response = http.send("HEAD", "/farm/a", null);
        assertThat(response.statusCode()).isEqualTo(200);
        assertHeader(response, "Content-Length", "5");
        assertThat(response.body()).isEmpty();
        assertThat(http.send("HEAD", "/farm/none", null).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldServeMediaInAllThreeForms() throws Exception {
        put("a/b", "bytes");
        for (String path : new String[] {
            "/farm/a/b", "/storage/v1/b/farm/o/a%2Fb?alt=media", "/download/storage/v1/b/farm/o/a%2Fb?alt=media"
        }) {
            assertThat(http.get(path).body()).as(path).isEqualTo("bytes");
        }
        // A slash that is not encoded separates, in the JSON API.
        assertThat(http.get("/storage/v1/b/farm/o/a/b?alt=media").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 206, 0123, bytes 0-3/10",
        "bytes=8-, 206, 89, bytes 8-9/10",
        "bytes=8-99, 206, 89, bytes 8-9/10",
        "bytes=-3, 206, 789, bytes 7-9/10",
        "bytes=-99, 206, 0123456789, bytes 0-9/10",
        "bytes=0-0, 206, 0, bytes 0-0/10",
        "bytes=5-3, 200, 0123456789,",
        "'bytes=0-1,3-4', 200, 0123456789,",
        "bytes=-, 200, 0123456789,",
        "bytes=a-b, 200, 0123456789,",
        "lines=0-1, 200, 0123456789,",
        "bytes=99999999999999999999-, 200, 0123456789,",
    })
    void shouldServeRanges(String range, int status, String body, String contentRange) throws Exception {
        put("a", "0123456789");
        HttpResponse<String> response = http.get("/farm/a", "Range", range);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0"})
    void shouldRefuseRangesBeyondTheEnd(String range) throws Exception {
        put("a", "0123456789");
        HttpResponse<String> response = http.get("/farm/a", "Range", range);
        assertThat(response.statusCode()).isEqualTo(416);
        assertHeader(response, "Content-Range", "bytes */10");
        assertThat(response.body()).contains("<Code>InvalidRange</Code>");
    }

    @Test
    void shouldHonourEntityTags() throws Exception {
        put("a", "one");
        String xml = http.get("/farm/a").headers().firstValue("ETag").orElseThrow();
        String json =
                http.get("/storage/v1/b/farm/o/a").headers().firstValue("ETag").orElseThrow();

        assertThat(http.get("/farm/a", "If-None-Match", xml).statusCode()).isEqualTo(304);
        assertThat(http.get("/farm/a", "If-None-Match", "\"x\", W/" + xml).statusCode())
                .isEqualTo(304);
        assertThat(http.get("/farm/a", "If-None-Match", "*").statusCode()).isEqualTo(304);
        assertThat(http.get("/farm/a", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
        assertThat(http.get("/storage/v1/b/farm/o/a", "If-None-Match", json).statusCode())
                .isEqualTo(304);
        assertThat(http.get("/farm/a", "If-Match", xml).statusCode()).isEqualTo(200);
        assertThat(http.get("/farm/a", "If-Match", "\"x\"").statusCode()).isEqualTo(412);

        put("a", "two");
        assertThat(http.get("/farm/a", "If-None-Match", xml).body()).isEqualTo("two");
        assertThat(http.get("/farm/a", "If-Match", xml).body()).contains("PreconditionFailed");
    }

    @Test
    void shouldNameTheGenerationWhenNothingChanged() throws Exception {
        long generation = put("a", "one");
        HttpResponse<String> response = http.get("/farm/a", "x-goog-if-generation-not-match", "" + generation);
        assertThat(response.statusCode()).isEqualTo(304);
        assertHeader(response, "x-goog-generation", "" + generation);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ifGenerationMatch=0, 412",
        "ifGenerationMatch=1, 412",
        "ifGenerationNotMatch=0, 200",
        "ifMetagenerationMatch=1, 200",
        "ifMetagenerationMatch=2, 412",
        "ifMetagenerationNotMatch=1, 304",
        "ifGenerationMatch=x, 400",
        "generation=x, 400",
        "generation=1, 404",
    })
    void shouldCheckPreconditions(String query, int status) throws Exception {
        put("a", "one");
        assertThat(http.get("/storage/v1/b/farm/o/a?" + query).statusCode()).isEqualTo(status);
    }

    @Test
    void shouldWordErrorsAsGoogleDoes() throws Exception {
        HttpResponse<String> response = http.get("/storage/v1/b/farm/o/none");

        assertThat(response.statusCode()).isEqualTo(404);
        JsonObject error =
                JsonParser.parseString(response.body()).getAsJsonObject().getAsJsonObject("error");
        assertThat(error.get("code").getAsInt()).isEqualTo(404);
        assertThat(error.get("message").getAsString()).isEqualTo("No such object: farm/none");
        JsonObject detail = error.getAsJsonArray("errors").get(0).getAsJsonObject();
        assertThat(detail.get("reason").getAsString()).isEqualTo("notFound");
        assertThat(detail.get("domain").getAsString()).isEqualTo("global");
        assertThat(http.get("/farm/%3Cscript%3E").body())
                .contains("<Code>NoSuchKey</Code>")
                .doesNotContain("<script>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /                                       | 404",
                "GET    | /farm                                   | 404",
                "GET    | /farm/                                  | 404",
                "GET    | //farm/a                                | 404",
                "GET    | /storage/v1/b                           | 404",
                "GET    | /storage/v2/b/farm                      | 404",
                "GET    | /storage/v1/b/farm/acl                  | 404",
                "GET    | /storage/v1/b/..%2F..%2Fetc/o/passwd    | 404",
                "GET    | /storage/v1/b/farm/o/%FF                | 400",
                "GET    | /storage/v1/b/farm/o?maxResults=0       | 400",
                "GET    | /storage/v1/b/farm/o?maxResults=many    | 400",
                "GET    | /storage/v1/b/farm/o?pageToken=%25      | 400",
                "GET    | /upload/storage/v1/b/farm/o?uploadType=media&name=x | 405",
                "POST   | /storage/v1/b/farm                      | 405",
                "PUT    | /storage/v1/b/farm/o/a                  | 405",
                "DELETE | /farm/a                                 | 405",
                "POST   | /upload/storage/v1/b/farm/o?name=x      | 400",
                "POST   | /upload/storage/v1/b/farm/o?uploadType=tape&name=x | 400",
                "POST   | /upload/storage/v1/b/farm/o?uploadType=media       | 400",
                "POST   | /upload/storage/v1/b/farm/o?uploadType=media&name=.. | 400",
                "POST   | /upload/storage/v1/b/farm/o?uploadType=media&name=a%0Ab | 400",
                "POST   | /upload/storage/v1/b/farm/o?uploadType=media&name=x&ifGenerationMatch=no | 400",
                "PUT    | /upload/storage/v1/b/farm/o?uploadType=resumable&upload_id=none | 404",
            })
    void shouldRefuseWhatItDoesNotKnow(String method, String path, int status) throws Exception {
        HttpResponse<String> response = http.send(method, path, "POST".equals(method) ? "body" : null);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).containsAnyOf("\"error\"", "<Error>");
        assertThat(http.get("/storage/v1/b/farm/o").body()).contains("\"items\":[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--B",
                "--B\r\n",
                "--B--\r\n",
                "no boundary at all",
                "--B\r\n\r\n{\"name\":\"x\"}\r\n--B--\r\n",
                "--B\r\n\r\n{\"name\":\"x\"}\r\n--B\r\n\r\nbytes",
                "--B\r\n\r\n{\"name\":\"x\"}\r\n--B\r\n\r\nbytes\r\n--B\r\n\r\nmore\r\n--B--\r\n",
                "--B\r\nno colon\r\n\r\n{\"name\":\"x\"}\r\n--B\r\n\r\nbytes\r\n--B--\r\n",
                "--B\r\n\r\n{\"name\":\r\n--B\r\n\r\nbytes\r\n--B--\r\n",
                "--B\r\n\r\n[\"name\"]\r\n--B\r\n\r\nbytes\r\n--B--\r\n",
                "--B\r\n\r\n{\"name\":7}\r\n--B\r\n\r\nbytes\r\n--B--\r\n",
                "--B\r\n\r\n{\"name\":\"x\",\"contentType\":\"a\\nb\"}\r\n--B\r\n\r\nbytes\r\n--B--\r\n",
                "--B\r\n\r\n{\"name\":\"x\",\"metadata\":7}\r\n--B\r\n\r\nbytes\r\n--B--\r\n",
                "--B\r\n\r\n{\"name\":\"x\",\"md5Hash\":\"no\"}\r\n--B\r\n\r\nbytes\r\n--B--\r\n",
            })
    void shouldRefuseMalformedMultipartUploads(String body) throws Exception {
        HttpResponse<String> response = http.send("POST", UPLOAD + "multipart", body, "Content-Type", MULTIPART);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(server.get("farm", "x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/related", "multipart/form-data; boundary=B"})
    void shouldWantABoundary(String type) throws Exception {
        HttpResponse<String> response = http.send("POST", UPLOAD + "multipart", "--B\r\n", "Content-Type", type);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("boundary");
    }

    @Test
    void shouldKeepBytesThatLookLikeABoundary() throws Exception {
        String bytes = "\r\n--\r\n--A\r\n-\r\n--" + "x".repeat(200_000) + "\r\n--";
        String body = "--B\r\n\r\n{\"name\":\"x\"}\r\n--B\r\n\r\n" + bytes + "\r\n--B--";
        HttpResponse<String> response =
                http.send("POST", UPLOAD + "multipart", body, "Content-Type", "multipart/related; boundary=\"B\"");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(server.get("farm", "x")).contains(bytes.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "null", "{\"metadata\":{\"a\":{}}}", "{}{}", "{a:1}"})
    void shouldRefuseBadJson(String json) throws Exception {
        put("a", "one");
        HttpResponse<String> patch =
                http.send("POST", "/storage/v1/b/farm/o/a", json, "X-HTTP-Method-Override", "PATCH");
        assertThat(patch.statusCode()).isEqualTo(400);
        assertThat(http.send("POST", UPLOAD + "resumable&name=b", json).statusCode())
                .isEqualTo(400);
        assertThat(http.get("/storage/v1/b/farm/o/a").body()).contains("\"metageneration\":\"1\"");
    }

    @Test
    void shouldRefuseBodiesThatAreNotGzip() throws Exception {
        HttpResponse<String> response =
                http.send("POST", UPLOAD + "media&name=x", "not gzip at all", "Content-Encoding", "gzip");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(http.send("POST", UPLOAD + "media&name=x", "x", "Content-Encoding", "br")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldRefuseObjectsThatAreTooLarge() throws Exception {
        String large = "x".repeat((1 << 20) + 1);
        HttpResponse<String> response = http.send("POST", UPLOAD + "media&name=x", large);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(server.get("farm", "x")).isEmpty();
    }

    @Test
    void shouldStepThroughAResumableUpload() throws Exception {
        String unit = "x".repeat(UploadSession.CHUNK_UNIT);
        String session = session();

        HttpResponse<String> first = put(session, unit, "bytes 0-262143/*");
        assertThat(first.statusCode()).isEqualTo(308);
        assertHeader(first, "Range", "bytes=0-262143");
        assertHeader(put(session, null, "bytes */*"), "Range", "bytes=0-262143");
        // The answer got lost: the client sends the chunk again, and more.
        assertThat(put(session, unit + unit, "bytes 0-524287/524290").statusCode())
                .as("not the last, so a multiple of the unit")
                .isEqualTo(308);
        assertThat(server.get("farm", "x")).as("not there yet").isEmpty();

        HttpResponse<String> last = put(session, "end", "bytes 524288-524290/524291");
        assertThat(last.statusCode()).as(last.body()).isEqualTo(400);
        HttpResponse<String> right = put(session, "en", "bytes 524288-524289/524290");
        assertThat(right.statusCode()).as(right.body()).isEqualTo(200);
        assertThat(put(session, null, "bytes */524290").body()).isEqualTo(right.body());
        assertThat(server.get("farm", "x").orElseThrow()).hasSize(524290).endsWith('e', 'n');
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 0-99/*, 100",
        "bytes 262144-524287/*, 262144",
        "bytes 0-262143/*, 100",
        "bytes 0-0/1, 2",
        "bytes 5-3/9, 3",
        "bytes 0-9/5, 10",
        "bytes 0-/5, 5",
        "octets 0-4/5, 5",
        "5, 5",
    })
    void shouldRefuseMalformedChunks(String contentRange, int size) throws Exception {
        HttpResponse<String> response = put(session(), "x".repeat(size), contentRange);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(server.get("farm", "x")).isEmpty();
    }

    @Test
    void shouldCheckPreconditionsAgainWhenAnUploadEnds() throws Exception {
        String session = session("&ifGenerationMatch=0");
        put("x", "faster");
        assertThat(put(session, "slow", "bytes 0-3/4").statusCode()).isEqualTo(412);
        assertThat(server.get("farm", "x")).contains("faster".getBytes(UTF_8));
    }

    @Test
    void shouldForgetCancelledUploads() throws Exception {
        String session = session();
        assertThat(http.send("DELETE", session, null).statusCode()).isEqualTo(499);
        assertThat(put(session, "x", "bytes 0-0/1").statusCode()).isEqualTo(499);
        assertThat(server.get("farm", "x")).isEmpty();
    }

    @Test
    void shouldCheckTheHashHeader() throws Exception {
        assertThat(http.send("POST", UPLOAD + "media&name=x", "x", "x-goog-hash", "crc32c=AAAAAA==")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.get("farm", "x")).isEmpty();
        assertThat(http.send(
                                "POST",
                                UPLOAD + "media&name=x",
                                "123456789",
                                "x-goog-hash",
                                "crc32c=4waSgw==,md5=JfnnlDI7RTiF9RgfG2JNCw==")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldKeepHalfAnUploadToItself() throws Exception {
        http.talk("POST /upload/storage/v1/b/farm/o?uploadType=media&name=x HTTP/1.1\r\n"
                + "Host: x\r\nContent-Length: 1000\r\n\r\nonly this");
        http.talk("POST /upload/storage/v1/b/farm/o?uploadType=media&name=x HTTP/1.1\r\n"
                + "Host: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        assertThat(server.get("farm", "x")).isEmpty();
    }

    @Test
    void shouldSurviveHeadersWithoutEnd() throws Exception {
        put("a", "one");
        String large = "x".repeat(70_000);
        assertThat(http.get("/farm/a", "X-Large", large).statusCode()).isEqualTo(431);
        String many = ("X-Many: " + "y".repeat(1_000) + "\r\n").repeat(100);
        assertThat(http.talk("GET /farm/a HTTP/1.1\r\nHost: x\r\n" + many + "\r\n"))
                .contains(" 431 ");
        String flood = "X-Many: y\r\n".repeat(100_000);
        assertThat(http.talk("GET /farm/a HTTP/1.1\r\nHost: x\r\n" + flood + "\r\n"))
                .doesNotContain("200 OK");
        assertThat(http.talk("nonsense\r\n\r\n")).doesNotContain("200 OK");
        assertThat(http.talk("GET /farm/%zz HTTP/1.1\r\nHost: x\r\n\r\n")).contains(" 400 ");
        assertThat(http.get("/farm/a").statusCode()).isEqualTo(200);
    }

    private long put(String name, String text) throws IOException {
        return server.put("farm", name, text.getBytes(UTF_8));
    }

    private String session() throws Exception {
        return session("");
    }

    private String session(String query) throws Exception {
        HttpResponse<String> response = http.send("POST", UPLOAD + "resumable&name=x" + query, "{}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        String location = response.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(server.endpoint().toString());
        return location.substring(server.endpoint().toString().length());
    }

    private HttpResponse<String> put(String session, String body, String contentRange) throws Exception {
        return http.send("PUT", session, body, "Content-Range", contentRange);
    }

    private static void assertHeader(HttpResponse<?> response, String name, String value) {
        assertThat(response.headers().firstValue(name)).as(name).contains(value);
    }
}
