package io.jenkins.plugins.builderfarm.protocol.key;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFileTest {
    private static final HostTypeName TYPE = new HostTypeName("host-foo-bar");
    private static final MasterKey MASTER = MasterKey.of(new byte[32]);

    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();

    /** From the first place looked at to the last; each holds another generation, which tells them apart. */
    @Test
    void shouldLookInTheDocumentedOrder() throws IOException {
        write(home.resolve(".gobuildkey"), 4);
        assertThat(find().key().generation()).isEqualTo(4);
        write(home.resolve(".gobuildkey-host-foo-bar"), 3);
        assertThat(find().key().generation()).isEqualTo(3);
        environment.put("BUILDER_KEY_PATH", write(home.resolve("b"), 2).toString());
        assertThat(find().key().generation()).isEqualTo(2);
        environment.put("GO_BUILD_KEY_PATH", write(home.resolve("a"), 1).toString());
        assertThat(find().key().generation()).isEqualTo(1);
        assertThat(find().path()).isEqualTo(home.resolve("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void shouldTakeAnEmptyVariableForAnUnsetOne(String value) throws IOException {
        environment.put("GO_BUILD_KEY_PATH", value);
        write(home.resolve(".gobuildkey"), 1);
        assertThat(find().path()).isEqualTo(home.resolve(".gobuildkey"));
    }

    @Test
    void shouldNotPassOverAVariableThatNamesNoFile() throws IOException {
        write(home.resolve(".gobuildkey"), 1);
        environment.put("BUILDER_KEY_PATH", home.resolve("gone").toString());
        assertRefused("$BUILDER_KEY_PATH names ", "gone, which does not exist");
    }

    @Test
    void shouldSayWhereAKeyBelongs() {
        assertRefused(".gobuildkey-host-foo-bar", "no builder key is there", "the key of host-foo-bar");
    }

    @Test
    void shouldNameTheFileThatIsDamaged() throws IOException {
        Path file = home.resolve(".gobuildkey");
        String printed = BuilderKey.derive(MASTER, TYPE, 1).print();
        Files.writeString(file, printed.substring(0, printed.length() - 1));
        assertRefused(file + ": the builder key of host-foo-bar has a character wrong or missing");
        Files.writeString(file, "");
        assertRefused(file + ": this is not a builder key");
    }

    @Test
    void shouldRefuseAnotherHostTypesKey() throws IOException {
        Path file = home.resolve(".gobuildkey");
        Files.writeString(
                file,
                BuilderKey.derive(MASTER, new HostTypeName("host-other"), 1).print());
        assertRefused(file + ", which holds the key of host-other, but this machine is to be a host-foo-bar");
    }

    @Test
    void shouldNameTheFileThatCannotBeOne() throws IOException {
        Path file = home.resolve(".gobuildkey");
        Files.write(file, new byte[5000]);
        assertRefused(file + ", which can't be read: it is too large to be a builder key");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertRefused(file + ", which is not a text file in UTF-8");
        Files.delete(file);
        Files.createDirectory(file);
        assertRefused(file + ", which can't be read: it is a directory");
    }

    @Test
    void shouldReadWhatWindowsEditorsWrite() throws IOException {
        String printed = BuilderKey.derive(MASTER, TYPE, 1).print();
        Path file = home.resolve(".gobuildkey");
        Files.writeString(file, "\ufeff" + printed + "\r\n");
        assertThat(find().key().print()).isEqualTo(printed);
        Files.write(file, ("\ufeff" + printed).getBytes(UTF_16LE));
        assertRefused(file + ", which is not a text file in UTF-8");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldWarnOfAFileThatOthersCanRead() throws IOException {
        Path file = write(home.resolve(".gobuildkey"), 1);
        assertThat(find().warnings()).isEmpty();
        for (String mode : new String[] {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rwxrwxrwx"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThat(find().warnings())
                    .as(mode)
                    .singleElement()
                    .asString()
                    .contains("other users", "chmod 600 " + file);
        }
    }

    @Test
    void shouldRemoveTheFileOnlyWhenAskedAndOnlyOnceItWasRead() throws IOException {
        Path file = write(home.resolve(".gobuildkey"), 1);
        environment.put("BUILDER_KEY_DELETE_AFTER_READ", "yes, maybe");
        find();
        assertThat(file).exists();

        environment.put("BUILDER_KEY_DELETE_AFTER_READ", "true");
        Files.writeString(file, "damaged");
        assertRefused("this is not a builder key");
        assertThat(file).as("a damaged one").exists();

        write(file, 2);
        assertThat(find().key().generation()).isEqualTo(2);
        assertThat(file).doesNotExist();
        assertRefused("no builder key is there");
    }

    private KeyFile find() throws IOException {
        return KeyFile.find(environment, home, TYPE);
    }

    private void assertRefused(String... messages) {
        assertThatThrownBy(this::find).isInstanceOf(IOException.class).satisfies(e -> assertThat(e.getMessage())
                .contains(messages)
                .doesNotContain(BuilderKey.derive(MASTER, TYPE, 1).print().split(":")[3]));
    }

    private static Path write(Path file, int generation) throws IOException {
        Files.write(file, (BuilderKey.derive(MASTER, TYPE, generation).print() + "\n").getBytes(UTF_8));
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }
}
