package io.jenkins.plugins.builderfarm.stage0.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarStoreTest {
    private static final byte[] JAR = {1, 2, 3};
    private static final KeptRelease RELEASE = new KeptRelease(new Version("1.4"), Sha256.of(JAR), JAR.length);

    @TempDir
    private Path directory;

    private JarStore store;

    @BeforeEach
    void begin() {
        store = new JarStore(directory);
    }

    @Test
    void shouldBelieveOnlyTheDigest() throws Exception {
        assertThat(store.isWhole(RELEASE)).isFalse();
        Files.write(store.path(RELEASE.sha256()), JAR);
        assertThat(store.isWhole(RELEASE)).isTrue();
        Files.write(store.path(RELEASE.sha256()), new byte[] {1, 2, 4});
        assertThat(store.isWhole(RELEASE)).isFalse();
        Files.write(store.path(RELEASE.sha256()), new byte[] {1, 2});
        assertThat(store.isWhole(RELEASE)).isFalse();
    }

    @Test
    void shouldKeepOnlyWhatBelongsToARelease() throws Exception {
        Path jar = Files.write(store.path(RELEASE.sha256()), JAR);
        Files.write(store.path(Sha256.of(new byte[0])), JAR);
        Files.write(store.part(RELEASE.sha256(), "5"), JAR);
        store.keepOnly(List.of(RELEASE));
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(jar);
        }
    }

    @Test
    void shouldFindTheParts() throws Exception {
        Path part = Files.write(store.part(RELEASE.sha256(), "5"), JAR);
        Files.write(store.path(RELEASE.sha256()), JAR);
        Files.write(store.part(Sha256.of(new byte[0]), "5"), JAR);
        assertThat(store.parts(RELEASE.sha256())).containsExactly(part);
    }
}
