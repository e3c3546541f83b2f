package io.jenkins.plugins.builderfarm.publisher;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.StorageScopes;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes Google's client out of the flags. Stateless. */
final class Connection {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration READ = Duration.ofSeconds(60);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]");

    private Connection() {}

    static Storage open(Flags flags) throws Failure {
        boolean anonymous = flags.has(Flag.ANONYMOUS);
        Storage.Builder builder = new Storage.Builder(
                        new NetHttpTransport(),
                        GsonFactory.getDefaultInstance(),
                        patient(anonymous ? request -> {} : applicationDefault()))
                .setApplicationName("builder-farm-publisher");
        flags.optional(Flag.ENDPOINT, Connection::endpoint).ifPresent(builder::setRootUrl);
        return builder.build();
    }

    /** Google's client waits for ever unless told otherwise. */
    private static HttpRequestInitializer patient(HttpRequestInitializer credentials) {
        return request -> {
            credentials.initialize(request);
            request.setConnectTimeout((int) CONNECT.toMillis());
            request.setReadTimeout((int) READ.toMillis());
        };
    }

    private static HttpRequestInitializer applicationDefault() throws Failure {
        try {
            return new HttpCredentialsAdapter(GoogleCredentials.getApplicationDefault()
                    .createScoped(List.of(StorageScopes.DEVSTORAGE_READ_WRITE)));
        } catch (IOException e) {
            throw Failure.bucket(
                    "no application-default credentials (" + firstLine(e) + "); run `gcloud auth application-default"
                            + " login`, set $GOOGLE_APPLICATION_CREDENTIALS, or say " + Flag.ANONYMOUS,
                    e);
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** A token sent in the clear is a token given away, so plain HTTP is for this computer alone. */
    private static String endpoint(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
        }
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean loopback = "http".equalsIgnoreCase(uri.getScheme())
                && LOOPBACK.matcher(host).matches();
        if (host.isEmpty() || !https && !loopback) {
            throw new IllegalArgumentException("it must be an https URL, or http on loopback");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("it must have no user, query or fragment");
        }
        return text.endsWith("/") ? text : text + "/";
    }
}
