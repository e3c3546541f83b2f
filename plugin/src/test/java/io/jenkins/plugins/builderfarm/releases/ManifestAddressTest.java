package io.jenkins.plugins.builderfarm.releases;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.config.Releases;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestAddressTest {
    private static final String KEY =
            SigningKey.generate(new SecureRandom()).publicKey().toString();

    @ParameterizedTest
    @CsvSource({
        "gs://go-builder-data, buildlet.json",
        "gs://go-builder-data/, buildlet.json",
        "gs://go-builder-data/farm, farm%2Fbuildlet.json",
        "gs://go-builder-data/a/b+c/, a%2Fb%2Bc%2Fbuildlet.json"
    })
    void shouldBeTheMediaDownloadOfTheObject(String bucket, String object) {
        Releases releases = new Releases(bucket, List.of(KEY));
        releases.setEndpoint("http://127.0.0.1:8080");

        assertThat(ManifestAddress.of(releases))
                .hasToString("http://127.0.0.1:8080/storage/v1/b/go-builder-data/o/" + object + "?alt=media");
    }
}
