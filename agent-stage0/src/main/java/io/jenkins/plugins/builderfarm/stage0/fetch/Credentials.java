package io.jenkins.plugins.builderfarm.stage0.fetch;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who stage0 is to the bucket: nobody, unless application-default credentials are configured. Google's own search for
 * them is only begun where it will find some, since it otherwise asks the network for a metadata server. Stateless.
 */
final class Credentials {
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_only";
    private static final List<String> VARIABLES = List.of("GOOGLE_APPLICATION_CREDENTIALS", "GCE_METADATA_HOST");

    private Credentials() {}

    /** @throws IOException if credentials are configured but can't be used; the message names none of their content */
    static HttpRequestInitializer forEndpoint(Optional<URI> endpoint) throws IOException {
        // A token is as good as a password: it goes to Google alone, or to whom an encrypted connection vouches for.
        boolean encrypted =
                endpoint.map(url -> "https".equalsIgnoreCase(url.getScheme())).orElse(true);
        if (!encrypted || !configured(System.getenv(), System.getProperty("user.home"))) {
            return request -> {};
        }
        try {
            return new HttpCredentialsAdapter(
                    GoogleCredentials.getApplicationDefault().createScoped(SCOPE));
        } catch (IOException e) {
            throw new IOException("the application-default credentials can't be used: " + e.getMessage(), e);
        }
    }

    static boolean configured(Map<String, String> environment, String home) {
        if (VARIABLES.stream()
                .anyMatch(name -> !environment.getOrDefault(name, "").isBlank())) {
            return true;
        }
        String directory = environment.get("CLOUDSDK_CONFIG");
        String roaming = environment.get("APPDATA");
        Path gcloud = directory != null
                ? Path.of(directory)
                : roaming != null ? Path.of(roaming, "gcloud") : Path.of(home, ".config", "gcloud");
        return Files.isRegularFile(gcloud.resolve("application_default_credentials.json"));
    }
}
