package io.jenkins.plugins.builderfarm.testbed.jenkins;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** What the administrator {@code admin} does over HTTP. Thread-safe. */
public final class JenkinsClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int FIRST_REDIRECT = 300;

    // The crumb belongs to the session, the session to a cookie.
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final URI root;
    private final String password;
    private volatile String authorization;

    JenkinsClient(URI root, String password) {
        this.root = root;
        this.password = password;
        this.authorization = basic(password);
    }

    /** For the administrator's eyes. */
    public String password() {
        return password;
    }

    /**
     * From now on proves who it is by an API token. A password costs Jenkins some 70 ms with each request, by the design of
     * its hash; who measures what pages cost does without that, as a browser does with its session.
     */
    public void takeToken() throws IOException, InterruptedException {
        authorization = basic(script("print hudson.model.User.getById('admin', false)"
                + ".getProperty(jenkins.security.ApiTokenProperty).generateNewToken('bench').plainValue"));
    }

    private static String basic(String secret) {
        return "Basic " + Base64.getEncoder().encodeToString(("admin:" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether Jenkins is ready for work. */
    boolean isUp() throws InterruptedException {
        try {
            return http.send(request("api/json").build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    /** @throws IOException if the answer is anything else than success */
    public String get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    public JsonObject json(String path) throws IOException, InterruptedException {
        return JsonParser.parseString(get(path)).getAsJsonObject();
    }

    /** Redirects, which Jenkins answers to most forms, count as success. */
    public String post(String path, String contentType, String body) throws IOException, InterruptedException {
        JsonElement crumb = json("crumbIssuer/api/json").get("crumb");
        return send(request(path)
                .header("Jenkins-Crumb", crumb.getAsString())
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Runs Groovy inside Jenkins, and returns what it printed. */
    public String script(String groovy) throws IOException, InterruptedException {
        String form = "script=" + URLEncoder.encode(groovy, StandardCharsets.UTF_8);
        return post("scriptText", "application/x-www-form-urlencoded", form).strip();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(TIMEOUT).header("Authorization", authorization);
    }

    private String send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        int redirects = response.statusCode() / 100;
        if (redirects * 100 != HttpURLConnection.HTTP_OK && redirects * 100 != FIRST_REDIRECT) {
            throw new IOException(request.method() + " " + request.uri() + " answered " + response.statusCode());
        }
        return response.body();
    }
}
