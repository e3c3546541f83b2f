package io.jenkins.plugins.builderfarm.protocol.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing keys and the release keys that go with them. */
final class KeysTest {
    private static final SigningKey KEY = SigningKey.generate(new SecureRandom());
    private static final SigningKey OTHER = SigningKey.generate(new SecureRandom());
    private static final byte[] MESSAGE = "message".getBytes(UTF_8);

    @Test
    void shouldBeEd25519() {
        // RFC 8032, section 7.1, test 2
        byte[] raw = HexFormat.of().parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        ReleaseKey key = ReleaseKey.parse(
                "ed25519:" + Base64.getUrlEncoder().withoutPadding().encodeToString(raw));
        byte[] signature = HexFormat.of()
                .parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        assertThat(key.verifies(new byte[] {0x72}, signature)).isTrue();
        assertThat(key.verifies(new byte[] {0x73}, signature)).isFalse();
    }

    @Test
    void shouldSurvivePrintAndParse() {
        SigningKey parsed = SigningKey.parse(KEY.print());
        assertThat(parsed.publicKey()).isEqualTo(KEY.publicKey()).hasSameHashCodeAs(KEY.publicKey());
        assertThat(KEY.publicKey().verifies(MESSAGE, parsed.sign(MESSAGE))).isTrue();
        assertThat(ReleaseKey.parse(" " + KEY.publicKey() + "\n")).isEqualTo(KEY.publicKey());
        assertThat(SigningKey.parse(KEY.print().replace("\n", "\r\n")).publicKey())
                .isEqualTo(KEY.publicKey());
        assertThat(KEY.publicKey().toString()).matches("ed25519:[A-Za-z0-9_-]{43}");
        assertThat(KEY.publicKey().id())
                .matches("[0-9a-f]{16}")
                .isNotEqualTo(OTHER.publicKey().id());
    }

    @Test
    void shouldPrintAKeyThatOpenSslReads() {
        assertThat(KEY.print()).matches("(?s)-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI[^\n]{43}\n-----END.*");
        assertThat(KEY).hasToString("signing key of " + KEY.publicKey());
    }

    @Test
    void shouldTellKeysApart() {
        byte[] signature = KEY.sign(MESSAGE);
        assertThat(KEY.publicKey().verifies(MESSAGE, signature)).isTrue();
        assertThat(OTHER.publicKey().verifies(MESSAGE, signature)).isFalse();
        assertThat(KEY.publicKey()).isNotEqualTo(OTHER.publicKey());
    }

    @Test
    void shouldTakeNothingElseForASignature() {
        byte[] signature = KEY.sign(MESSAGE);
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(KEY.publicKey().verifies(MESSAGE, changed))
                    .as("bit " + bit)
                    .isFalse();
        }
        Random random = new Random(1);
        for (int length = 0; length < 130; length++) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            assertThat(KEY.publicKey().verifies(MESSAGE, noise)).isFalse();
            Arrays.fill(noise, (byte) 0xff);
            assertThat(KEY.publicKey().verifies(MESSAGE, noise)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', starts with 'ed25519:'",
        "rsa:AAAA, starts with 'ed25519:'",
        "ed25519:, has 0 bytes instead of 32",
        "ed25519:AAAA, has 3 bytes instead of 32",
        "ed25519:not+base64url, is not base64url",
        "ed25519:_________________________________________38, is not an Ed25519 public key",
    })
    void shouldSayWhyATextIsNoReleaseKey(String text, String why) {
        assertThatThrownBy(() -> ReleaseKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void shouldNeverQuoteADamagedSigningKey() {
        String printed = KEY.print();
        String secret = printed.split("\n")[1];
        assertDamaged("", "it has no '-----BEGIN PRIVATE KEY-----'");
        assertDamaged(secret, "it has no '-----BEGIN PRIVATE KEY-----'");
        assertDamaged(printed.replace(secret, "!" + secret.substring(1)), "damaged");
        assertDamaged(printed.replace(secret, secret.substring(4)), "damaged");
        assertDamaged(printed.replace(secret, ""), "damaged");
        assertDamaged(printed.replace(secret, OTHER.print().split("\n")[1]), "two halves do not belong together");
        assertDamaged(printed.replace(KEY.publicKey().toString(), ""), "starts with 'ed25519:'");
        assertDamaged(
                printed.replace(KEY.publicKey().toString(), OTHER.publicKey().toString()), "two halves do not belong");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 40, 63})
    void shouldNoticeAChangedCharacterOfTheSecret(int position) {
        String printed = KEY.print();
        int at = printed.indexOf('\n') + 1 + position;
        char other = printed.charAt(at) == 'B' ? 'C' : 'B';
        assertThatThrownBy(() -> SigningKey.parse(printed.substring(0, at) + other + printed.substring(at + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause();
    }

    private static void assertDamaged(String text, String why) {
        String secret = KEY.print().split("\n")[1];
        assertThatThrownBy(() -> SigningKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(secret.substring(30, 40)));
    }
}
