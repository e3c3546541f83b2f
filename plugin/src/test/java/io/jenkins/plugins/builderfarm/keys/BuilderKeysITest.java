package io.jenkins.plugins.builderfarm.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import hudson.ExtensionList;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BuilderKeysITest {
    private static final HostTypeName TYPE = new HostTypeName("host-linux-mips64");
    private static final HostTypeName OTHER = new HostTypeName("host-linux-mips64le");

    private Path home;
    private BuilderKeys keys;

    @BeforeEach
    void find(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        home = jenkins.jenkins.getRootDir().toPath();
        keys = BuilderKeys.get();
    }

    @Test
    void shouldBeTheSameAfterARestart() {
        BuilderKey key = keys.show(TYPE, "here");

        assertThat(key.hostType()).isEqualTo(TYPE);
        assertThat(key.generation()).isEqualTo(1);
        assertThat(restarted().show(TYPE, "here")).isEqualTo(key);
        assertThat(BuilderKey.derive(restarted().masterKey(), TYPE, 1)).isEqualTo(key);
        assertThat(keys.show(OTHER, "here").print()).isNotEqualTo(key.print());
    }

    @Test
    void shouldLetBothGenerationsInUntilOneIsRevoked() {
        assertThat(keys.generations(TYPE)).containsExactly(1);

        try (ACLContext ignored = ACL.as2(User.getById("ada", true).impersonate2())) {
            assertThat(keys.rotate(TYPE)).isEqualTo(2);
        }
        assertThat(restarted().generations(TYPE)).containsExactlyInAnyOrder(1, 2);
        assertThat(keys.show(TYPE, "here").generation()).isEqualTo(2);

        keys.revoke(TYPE, 1);
        assertThat(restarted().generations(TYPE)).containsExactly(2);
        assertThat(restarted().generations(OTHER)).containsExactly(1);
        assertThat(restarted().history(TYPE)).hasSize(2).satisfies(history -> {
            assertThat(history.get(0).revokedAt()).isPresent();
            assertThat(history.get(0).revokedBy()).contains("SYSTEM");
            assertThat(history.get(1).startedBy()).contains("ada");
        });
    }

    @Test
    void shouldStartTheNextGenerationWhenTheLatestIsRevoked() {
        BuilderKey leaked = keys.show(TYPE, "here");

        keys.revoke(TYPE, 1);

        assertThat(keys.generations(TYPE)).containsExactly(2);
        assertThat(keys.show(TYPE, "here").print()).isNotEqualTo(leaked.print());
    }

    @Test
    void shouldRefuseToRevokeWhatIsNotValid() {
        keys.revoke(TYPE, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys.revoke(TYPE, 1))
                .withMessageContaining("generation 1 of the builder key of host-linux-mips64 is revoked already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys.revoke(TYPE, 7))
                .withMessageContaining("has no generation 7");
        assertThatIllegalArgumentException().isThrownBy(() -> keys.revoke(TYPE, 0));
    }

    @Test
    void shouldWriteWhoSawAKeyIntoTheLogAndNotTheKey() {
        try (LogRecorder log =
                        new LogRecorder().record(BuilderKeys.class, Level.INFO).capture(10);
                ACLContext ignored = ACL.as2(User.getById("ada", true).impersonate2())) {
            String key = keys.show(TYPE, "on a page").print();

            assertThat(log.getMessages())
                    .containsExactly(
                            "Audit: builder key of host-linux-mips64, generation 1 was shown to ada on a page");
            assertThat(log.getMessages().toString()).doesNotContain(key.split(":")[3]);
        }
    }

    @Test
    void shouldTellListenersAfterItIsSaved() {
        Told told = ExtensionList.lookupSingleton(Told.class);

        keys.rotate(TYPE);
        keys.revoke(TYPE, 1);

        assertThat(told.times).hasValue(2);
    }

    @Test
    void shouldFailClosedWithoutTheMasterKey() throws IOException {
        keys.show(TYPE, "here");
        Files.delete(masterKey());

        assertClosed("master key is gone");
        assertThat(masterKey())
                .as("no new one was made behind the administrator's back")
                .doesNotExist();
    }

    @Test
    void shouldFailClosedIfTheMasterKeyIsDamaged() throws IOException {
        keys.show(TYPE, "here");
        byte[] bytes = Files.readAllBytes(masterKey());
        bytes[bytes.length / 2] ^= 1;
        Files.write(masterKey(), bytes);

        assertClosed("master key");
    }

    @Test
    void shouldFailClosedIfTheMasterKeyIsAnother() throws IOException {
        keys.show(TYPE, "here");
        new MasterKeyStore().replace();

        assertClosed("isn't the one that machines have keys of");
    }

    @Test
    void shouldFailClosedWithoutTheRecordOfGenerations() throws IOException {
        keys.revoke(TYPE, 1);
        Files.delete(record());

        assertClosed("builder-farm-keys.xml, is gone");
    }

    @Test
    void shouldFailClosedIfTheRecordIsDamaged() throws IOException {
        keys.revoke(TYPE, 1);
        String xml = Files.readString(record());
        Files.writeString(record(), xml.substring(0, xml.length() / 2));

        assertClosed("can't be read");
        assertThat(record()).as("what is left of it is kept").content().hasSize(xml.length() / 2);
    }

    @Test
    void shouldStartOverWithKeysThatNobodyHas() throws IOException {
        String old = keys.show(TYPE, "here").print();
        Files.delete(record());
        BuilderKeys closed = restarted();

        closed.startOver();

        assertThat(closed.problem()).isEmpty();
        assertThat(closed.generations(TYPE)).containsExactly(1);
        assertThat(closed.show(TYPE, "here").print())
                .isNotEqualTo(old)
                .isEqualTo(restarted().show(TYPE, "here").print());
    }

    private void assertClosed(String why) {
        BuilderKeys closed = restarted();
        assertThat(closed.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains(why));
        assertThat(closed.generations(TYPE)).isEmpty();
        assertThat(closed.history(TYPE)).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> closed.show(TYPE, "here"));
        assertThatIllegalStateException().isThrownBy(() -> closed.rotate(TYPE));
        assertThatIllegalStateException().isThrownBy(() -> closed.masterKey().mac(new byte[1]));
    }

    /** What a Jenkins that was started anew would find. */
    private static BuilderKeys restarted() {
        return new BuilderKeys();
    }

    private Path masterKey() {
        return home.resolve("secrets").resolve("builder-farm master key");
    }

    private Path record() {
        return home.resolve("builder-farm-keys.xml");
    }

    /** Counts. */
    @TestExtension
    public static final class Told implements KeysListener {
        private final AtomicInteger times = new AtomicInteger();

        @Override
        public void changed() {
            times.incrementAndGet();
        }
    }
}
