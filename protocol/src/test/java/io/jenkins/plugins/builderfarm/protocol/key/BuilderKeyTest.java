package io.jenkins.plugins.builderfarm.protocol.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BuilderKeyTest {
    private static final HostTypeName TYPE = new HostTypeName("host-linux-riscv64");
    private static final MasterKey MASTER = MasterKey.of("a master key of a test, 32 bytes".getBytes(UTF_8));
    private static final BuilderKey KEY = BuilderKey.derive(MASTER, TYPE, 1);
    private static final String SECRET = KEY.print().split(":")[3];

    @Test
    void shouldBeAnHmacOfHostTypeAndGeneration() {
        // RFC 4231, test case 2: the platform's HMAC is the standard's.
        assertThat(MasterKey.of("Jefe".getBytes(UTF_8)).mac("what do ya want for nothing?".getBytes(UTF_8)))
                .asHexString()
                .isEqualTo("5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843");
        byte[] secret = MASTER.mac("builder-key|host-linux-riscv64|1".getBytes(UTF_8));
        assertThat(KEY.mac("x".getBytes(UTF_8))).isEqualTo(MasterKey.of(secret).mac("x".getBytes(UTF_8)));
    }

    @Test
    void shouldDifferByMasterHostTypeAndGeneration() {
        assertThat(KEY).isEqualTo(BuilderKey.derive(MASTER, TYPE, 1)).hasSameHashCodeAs(BuilderKey.parse(KEY.print()));
        assertThat(KEY).isNotEqualTo(BuilderKey.derive(MASTER, TYPE, 2));
        assertThat(KEY).isNotEqualTo(BuilderKey.derive(MASTER, new HostTypeName("host-linux-riscv65"), 1));
        assertThat(KEY).isNotEqualTo(BuilderKey.derive(MasterKey.of(new byte[32]), TYPE, 1));
        assertThat(SECRET)
                .isNotEqualTo(BuilderKey.derive(MASTER, TYPE, 2).print().split(":")[3]);
    }

    @Test
    void shouldPrintAFormThatNamesItself() {
        assertThat(KEY.print()).matches("bfk1:host-linux-riscv64:1:[A-Za-z0-9_-]{43}:[0-9a-f]{8}");
        BuilderKey last = BuilderKey.derive(MASTER, TYPE, BuilderKey.LAST_GENERATION);
        assertThat(BuilderKey.parse(last.print())).isEqualTo(last);
        assertThat(KEY).hasToString("builder key of host-linux-riscv64, generation 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s\n", "%s\r\n", "  %s\t\n\n"})
    void shouldIgnoreSpaceAroundIt(String file) {
        assertThat(BuilderKey.parse(String.format(Locale.ROOT, file, KEY.print())))
                .isEqualTo(KEY);
    }

    @Test
    void shouldNoticeEveryChangedCharacter() {
        String printed = KEY.print();
        for (int i = 0; i < printed.length(); i++) {
            for (char other : new char[] {'a', 'B', '0', '1', '-', '_', ':', ' ', '=', 'é'}) {
                String damaged = printed.substring(0, i) + other + printed.substring(i + 1);
                if (damaged.charAt(i) != printed.charAt(i)) {
                    assertRefused(damaged);
                }
            }
        }
    }

    @Test
    void shouldNoticeEveryMissingDoubledOrSwappedCharacter() {
        String printed = KEY.print();
        for (int i = 0; i < printed.length(); i++) {
            assertRefused(printed.substring(0, i) + printed.substring(i + 1));
            assertRefused(printed.substring(0, i));
            assertRefused(printed.substring(0, i) + printed.charAt(i) + printed.substring(i));
            if (i > 0) {
                assertRefused(printed.substring(0, i) + "\n" + printed.substring(i));
            }
            if (i > 0 && printed.charAt(i - 1) != printed.charAt(i)) {
                assertRefused(printed.substring(0, i - 1)
                        + printed.charAt(i)
                        + printed.charAt(i - 1)
                        + printed.substring(i + 1));
            }
        }
        assertRefused(printed + "x");
        assertRefused(printed + ":x");
        assertRefused(printed + " " + printed);
    }

    /** Where a whole key of another form went wrong, the owner should read which part. */
    @ParameterizedTest
    @CsvSource({
        "'', this is not a builder key",
        "ssh-ed25519 AAAA, this is not a builder key",
        "bfk2:TYPE:1:SECRET:00000000, this is not a builder key",
        "bfk1:TYPE:1:SECRET, it has 4 parts instead of 5",
        "bfk1:TYPE:1:SEC:RET:00000000, it has 6 parts instead of 5",
        "bfk1:linux:1:SECRET:00000000, names no host type",
        "bfk1:SECRET:1:TYPE:00000000, names no host type",
        "bfk1:TYPE:0:SECRET:00000000, names no generation",
        "bfk1:TYPE:-1:SECRET:00000000, names no generation",
        "bfk1:TYPE:SECRET:1:00000000, names no generation",
        "bfk1:TYPE:9999999:SECRET:00000000, generation 9999999 is not between 1 and 1000000",
        "bfk1:TYPE:1::00000000, secret of the wrong length",
        "bfk1:TYPE:1:SECRETAAAA:00000000, secret of the wrong length",
        "bfk1:TYPE:1:!SECRET:00000000, secret of the wrong length",
        "bfk1:TYPE:1:SECRET:00000000, a character wrong or missing",
        "bfk1:TYPE:1:SECRET=:00000000, a character wrong or missing",
        "bfk1:TYPE:2:SECRET:00000000, a character wrong or missing",
    })
    void shouldSayWhichPartIsWrong(String form, String message) {
        String text = form.replace("TYPE", TYPE.value()).replace("SECRET", SECRET);
        assertThatThrownBy(() -> BuilderKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_000_001, Integer.MAX_VALUE})
    void shouldRefuseGenerationsOutOfRange(int generation) {
        assertThatThrownBy(() -> BuilderKey.derive(MASTER, TYPE, generation))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("generation " + generation);
    }

    @Test
    void shouldNotHandOutItsBytes() {
        byte[] master = HexFormat.of().parseHex("00".repeat(32));
        MasterKey kept = MasterKey.of(master);
        byte[] before = kept.mac(new byte[0]);
        master[0] = 1;
        assertThat(kept.mac(new byte[0])).isEqualTo(before);
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> BuilderKey.parse(text))
                .as(text)
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> {
                    assertThat(e.getCause()).isNull();
                    // No run of the secret long enough to help anybody, though a name may have some in common.
                    for (int i = 0; i + 6 <= SECRET.length(); i++) {
                        assertThat(e.getMessage()).doesNotContain(SECRET.substring(i, i + 6));
                    }
                });
    }
}
