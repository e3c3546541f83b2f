package io.jenkins.plugins.builderfarm.stage0.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialsTest {
    @TempDir
    private Path home;

    @Test
    void shouldBeNobodyUnlessToldOtherwise() {
        assertThat(Credentials.configured(Map.of(), home.toString())).isFalse();
        assertThat(Credentials.configured(Map.of("GOOGLE_APPLICATION_CREDENTIALS", " "), home.toString()))
                .isFalse();
    }

    @Test
    void shouldFollowTheVariables() {
        assertThat(Credentials.configured(Map.of("GOOGLE_APPLICATION_CREDENTIALS", "key.json"), home.toString()))
                .isTrue();
        assertThat(Credentials.configured(Map.of("GCE_METADATA_HOST", "metadata"), home.toString()))
                .isTrue();
    }

    @Test
    void shouldFindTheWellKnownFile() throws Exception {
        Path gcloud = Files.createDirectories(home.resolve(".config/gcloud"));
        Files.writeString(gcloud.resolve("application_default_credentials.json"), "{}");
        assertThat(Credentials.configured(Map.of(), home.toString())).isTrue();
        assertThat(Credentials.configured(Map.of("CLOUDSDK_CONFIG", gcloud.toString()), "elsewhere"))
                .isTrue();
    }
}
