package io.jenkins.plugins.builderfarm.protocol.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReleaseTest {
    private static final Sha256 EMPTY = new Sha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    @Test
    void shouldKeepJarsByDigest() {
        assertThat(Release.objectName(EMPTY)).isEqualTo("buildlet/" + EMPTY + ".jar");
        assertThat(release(Release.objectName(EMPTY), 1, 17).object()).isEqualTo("buildlet/" + EMPTY + ".jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "../a", "a/../b", "a//b", "./a", "a b", "a?b", "a#b", "a%2fb", "ä", "a\n"})
    void shouldRefuseAJarElsewhere(String object) {
        assertThatThrownBy(() -> release(object, 1, 17))
                .hasMessage("release 1.4 has a jar outside the manifest's folder");
    }

    @Test
    void shouldRefuseSizesAndJavasOutOfRange() {
        assertThat(release("a", Release.LARGEST, 1).size()).isEqualTo(100L << 20);
        assertThatThrownBy(() -> release("a", 0, 17)).hasMessageContaining("release 1.4 has a size");
        assertThatThrownBy(() -> release("a", Release.LARGEST + 1, 17)).hasMessageContaining("has a size");
        assertThatThrownBy(() -> release("a", 1, 0)).hasMessageContaining("release 1.4 has a minimum Java");
        assertThatThrownBy(() -> release("a", 1, 1001)).hasMessageContaining("has a minimum Java");
    }

    @Test
    void shouldDigestBytesFilesAndStreamsAlike(@TempDir Path directory) throws IOException {
        assertThat(Sha256.of(new byte[0])).isEqualTo(EMPTY).hasToString(EMPTY.hex());
        byte[] bytes = "x".repeat(200_000).getBytes(UTF_8);
        MessageDigest digest = Sha256.newDigest();
        digest.update(bytes);
        assertThat(Sha256.of(Files.write(directory.resolve("f"), bytes)))
                .isEqualTo(Sha256.of(bytes))
                .isEqualTo(Sha256.ofDigest(digest));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
                "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85g",
            })
    void shouldRefuseOtherDigests(String hex) {
        assertThatThrownBy(() -> Sha256.parse(hex)).hasMessage("a SHA-256 digest is 64 lower-case hexadecimal digits");
    }

    private static Release release(String object, long size, int minimumJava) {
        return new Release(new Version("1.4"), object, EMPTY, size, minimumJava, Instant.EPOCH);
    }
}
