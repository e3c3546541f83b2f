package io.jenkins.plugins.builderfarm.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTextTest {
    private static final char[] PASSPHRASE = "correct horse battery".toCharArray();

    @Test
    void shouldOpenWithItsPassphraseAlone() {
        String sealed = SealedText.seal("the secret", PASSPHRASE);

        assertThat(sealed).doesNotContain("secret").isNotEqualTo(SealedText.seal("the secret", PASSPHRASE));
        assertThat(SealedText.open("\n " + sealed + "\n", PASSPHRASE)).isEqualTo("the secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SealedText.open(sealed, "correct horse batterY".toCharArray()))
                .withMessageContaining("the passphrase is not the one");
    }

    @Test
    void shouldNotOpenWhatWasTouched() {
        String sealed = SealedText.seal("the secret", PASSPHRASE);
        int middle = sealed.length() - 20;
        char other = sealed.charAt(middle) == 'A' ? 'B' : 'A';
        String touched = sealed.substring(0, middle) + other + sealed.substring(middle + 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SealedText.open(touched, PASSPHRASE))
                .withMessageContaining("damaged");
    }

    @Test
    void shouldWantALongPassphrase() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SealedText.seal("x", "short".toCharArray()))
                .withMessageContaining("has 5 characters; at least 12 are needed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bfk1:host-a:1|it is no exported master key",
                "builder-farm-master-key:1:AAAA|too short",
                "builder-farm-master-key:1:!!|not Base64",
                "''|it is no exported master key"
            })
    void shouldSayWhatIsWrong(String sealed, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SealedText.open(sealed, PASSPHRASE))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[",
                "{\"format\":2,\"masterKey\":\"AAAA\",\"hostTypes\":{}}",
                "{\"format\":1,\"masterKey\":\"AAAA\",\"hostTypes\":{}}",
                "{\"format\":1,\"hostTypes\":{}}"
            })
    void shouldTakeNoOtherContent(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MovedKeys.parse(json))
                .withMessageContaining("the exported master key");
    }

    @Test
    void shouldTakeNoGenerationsOutOfOrder() {
        MovedKeys odd = new MovedKeys(new byte[32], Map.of("host-a", List.of(Generation.first(), Generation.first())));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MovedKeys.parse(odd.toJson()))
                .withMessageContaining("generations of host-a are not 1, 2, 3");
    }
}
