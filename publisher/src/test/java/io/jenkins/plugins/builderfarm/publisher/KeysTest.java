package io.jenkins.plugins.builderfarm.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class KeysTest {
    private static final SigningKey ONE = SigningKey.generate(new SecureRandom());
    private static final SigningKey TWO = SigningKey.generate(new SecureRandom());

    @TempDir
    private Path directory;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void shouldGatherKeysFromFilesAndTheEnvironment() throws Exception {
        Keys keys = load(
                ONE.print().repeat(2) + TWO.print(),
                "--signing-key-file",
                write("k", ONE.print()).toString());
        assertThat(keys.signing().stream().map(SigningKey::publicKey))
                .containsExactly(ONE.publicKey(), TWO.publicKey());
        assertThat(keys.trusted()).containsExactly(ONE.publicKey(), TWO.publicKey());
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldTrustMoreKeysThanSign() throws Exception {
        Keys keys = load(ONE.print(), "--release-key", TWO.publicKey().toString());
        assertThat(keys.signing()).hasSize(1);
        assertThat(keys.trusted()).containsExactly(TWO.publicKey(), ONE.publicKey());
    }

    @Test
    void shouldSayThatNoKeyIsGiven() throws Exception {
        Keys none = load(" ");
        assertThatThrownBy(none::requireSigning)
                .hasMessageContaining("give --signing-key-file or set $BUILDER_FARM_SIGNING_KEY");
        assertThatThrownBy(none::requireTrusted).hasMessageContaining("give --release-key, --signing-key-file");
    }

    @Test
    void shouldNameTheSourceOfADamagedKey() throws Exception {
        String damaged = ONE.print().replace("MC4C", "MC5C");
        assertRefused("$BUILDER_FARM_SIGNING_KEY: the signing key is damaged", damaged);
        assertRefused("$BUILDER_FARM_SIGNING_KEY: the signing key is damaged", TWO.print() + damaged);
        assertRefused("$BUILDER_FARM_SIGNING_KEY: this is not a signing key", "s3cret");
        Path file = write("k", damaged);
        assertRefused(file + ": the signing key is damaged", "", "--signing-key-file", file.toString());
        Path public1 = write("p", ONE.publicKey().toString());
        assertRefused(public1 + ": this is not a signing key", "", "--signing-key-file", public1.toString());
    }

    @Test
    void shouldNameTheFileThatCannotBeRead() throws Exception {
        Path missing = directory.resolve("missing");
        assertRefused(missing + " does not exist", "", "--signing-key-file", missing.toString());
        assertRefused(directory + " can't be read as text: ", "", "--signing-key-file", directory.toString());
        Path large = write("large", "x".repeat(100_000));
        assertRefused(large + " is too large", "", "--signing-key-file", large.toString());
        Path binary = Files.write(directory.resolve("b"), new byte[] {(byte) 0xff});
        assertRefused(binary + " can't be read as text: ", "", "--signing-key-file", binary.toString());
    }

    @Test
    void shouldNameABadReleaseKey() {
        assertThatThrownBy(() -> load("", "--release-key", "ed25519:AAAA"))
                .hasMessageStartingWith("--release-key: the release key has 3 bytes instead of 32")
                .satisfies(e -> assertThat(((Failure) e).exitCode()).isEqualTo(2));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldWarnOfAFileThatOthersCanRead() throws Exception {
        Path file = write("k", ONE.print());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        load("", "--signing-key-file", file.toString());
        assertThat(warnings).singleElement().asString().contains("run: chmod 600 " + file);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldWriteAKeyForItsOwnerAloneAndNeverOverAnother() throws Exception {
        Path file = directory.resolve("new.key");
        LocalFiles.writeKey(file, ONE);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(SigningKey.parse(Files.readString(file)).publicKey()).isEqualTo(ONE.publicKey());

        assertThatThrownBy(() -> LocalFiles.writeKey(file, TWO))
                .hasMessage(file + " is there already; a key is never overwritten");
        assertThat(Files.readString(file)).isEqualTo(ONE.print());

        Path nowhere = directory.resolve("no/such/directory/k");
        assertThatThrownBy(() -> LocalFiles.writeKey(nowhere, ONE))
                .hasMessage(nowhere + " can't be written: no such file or directory");
    }

    private void assertRefused(String message, String variable, String... args) {
        assertThatThrownBy(() -> load(variable, args))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("s3cret")
                .satisfies(e -> assertThat(((Failure) e).exitCode()).isEqualTo(3));
    }

    private Keys load(String variable, String... args) throws Failure {
        Flags flags = Flags.parse(List.of(args), EnumSet.of(Flag.SIGNING_KEY_FILE, Flag.RELEASE_KEY));
        return Keys.load(flags, Map.of("BUILDER_FARM_SIGNING_KEY", variable), warnings::add);
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.writeString(file, text);
        if (posix) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }
}
