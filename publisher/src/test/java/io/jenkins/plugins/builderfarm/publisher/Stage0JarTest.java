package io.jenkins.plugins.builderfarm.publisher;

import static io.jenkins.plugins.builderfarm.bucket.RequestMatch.upload;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.Fault;
import io.jenkins.plugins.builderfarm.bucket.Hang;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** publish-stage0 against a bucket on a socket. */
@Timeout(60)
final class Stage0JarTest {
    private static final String MAIN = "io/jenkins/plugins/builderfarm/stage0/Main.class";
    private static final String OBJECT = "prod/stage0.jar";

    @TempDir
    private Path directory;

    private Desk desk;

    @BeforeEach
    void start() throws Exception {
        desk = new Desk(directory);
    }

    @AfterEach
    void stop() throws Exception {
        desk.close();
    }

    @Test
    void shouldPutItWhereOwnersFetchIt() throws Exception {
        Path jar = jar("1.0");
        Ran ran = publish(jar);
        assertThat(desk.server.get("farm", OBJECT))
                .hasValueSatisfying(bytes -> assertThat(jar).hasBinaryContent(bytes));
        assertThat(ran.out())
                .contains("wrote gs://farm/prod/stage0.jar: ")
                .contains("sha256 " + Sha256.of(jar))
                .contains("https://storage.googleapis.com/farm/prod/stage0.jar");

        assertThat(publish(jar).out())
                .contains("nothing to change: gs://farm/prod/stage0.jar has these bytes already", "sha256 ");
        Path newer = jar("1.1");
        assertThat(publish(newer, "--dry-run").out()).contains("dry run, would replace gs://farm/prod/stage0.jar");
        assertThat(desk.server.get("farm", OBJECT))
                .hasValueSatisfying(bytes -> assertThat(jar).hasBinaryContent(bytes));
        publish(newer);
        assertThat(desk.server.get("farm", OBJECT))
                .hasValueSatisfying(bytes -> assertThat(newer).hasBinaryContent(bytes));
    }

    @Test
    void shouldOverwriteNobodysWorkUnseen() throws Exception {
        publish(jar("1.0"));
        Hang hang = Fault.hang();
        desk.server.faults().on(upload()).times(1).inject(hang);
        String mine = jar("1.1").toString();
        CompletableFuture<Ran> ran = CompletableFuture.supplyAsync(() -> desk.run("publish-stage0", "--jar", mine));
        assertThat(hang.awaitReached(Duration.ofSeconds(30))).isTrue();
        byte[] theirs = "somebody else's".getBytes(StandardCharsets.UTF_8);
        desk.server.put("farm", OBJECT, theirs);
        hang.release();

        assertThat(ran.get(30, TimeUnit.SECONDS).err())
                .contains(
                        "gs://farm/prod/stage0.jar was changed by somebody else meanwhile; nothing changed, try again");
        assertThat(desk.server.get("farm", OBJECT)).hasValue(theirs);
    }

    @Test
    void shouldRefuseWhatIsNoStage0() throws Exception {
        Ran buildlet = desk.run("publish-stage0", "--jar", desk.jar("1.3"));
        assertThat(buildlet.code()).isEqualTo(3);
        assertThat(buildlet.err()).contains("buildlet-1.3.jar is no stage0: it has no " + MAIN);
        Path text = Files.writeString(directory.resolve("text.jar"), "text");
        assertThat(desk.run("publish-stage0", "--jar", text.toString()).err())
                .contains(text + " can't be read as a jar");
        assertThat(desk.server.requests()).isEmpty();
    }

    private Ran publish(Path jar, String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "publish-stage0";
        args[1] = "--jar";
        args[2] = jar.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return desk.done(args);
    }

    private Path jar(String version) throws Exception {
        return Jars.jar(directory.resolve("stage0-" + version + ".jar"), version, MAIN, Jars.classFor(17));
    }
}
