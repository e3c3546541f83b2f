package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who looks at a machine while it builds, its list of processes, its log and its files, learns neither the builder key nor
 * the agent's secret.
 */
@Timeout(300)
final class SecretsITest {
    private static final MachineId BOARD = Farm.board("board1");
    private static final String SECRET = "5ecre7-0f-7he-a9en7";
    private static final Path PROC = Path.of("/proc");
    private static final String KEY_FILE = "builder-key";

    @TempDir
    private Path directory;

    @Test
    void shouldShowThemToNobody() throws Exception {
        assumeTrue(Files.isDirectory(PROC.resolve("self")), "what a process was started with is read from /proc");
        try (Farm farm = Farm.open(directory)) {
            Supervisor machine = farm.machine(BOARD);
            farm.awaitIdle(BOARD);
            LeaseId lease = farm.begin(BOARD, SECRET);

            Map<String, byte[]> visible = new TreeMap<>();
            List<ProcessHandle> processes = machine.tree();
            for (ProcessHandle process : processes) {
                for (String name : List.of("cmdline", "environ")) {
                    Path file = PROC.resolve(process.pid() + "/" + name);
                    visible.put(file.toString(), Files.readAllBytes(file));
                }
            }
            addFiles(visible, farm.home("board1"));
            farm.controller().coordinator().release(lease);
            farm.awaitIdle(BOARD);
            visible.put("log", String.join("\n", machine.lines().all()).getBytes(StandardCharsets.UTF_8));

            assertThat(processes).isNotEmpty();
            assertThat(visible.keySet()).anyMatch(name -> name.endsWith("cmdline"));
            assertThat(text(visible.get("log"))).contains(lease.value());
            // Of the printed form the fourth part is the secret one; the others name the key and check it.
            String secretOfKey = Farm.key(Farm.TYPE).print().split(":")[3];
            assertThat(visible).allSatisfy((where, bytes) -> assertThat(text(bytes))
                    .as(where)
                    .doesNotContain(SECRET)
                    .doesNotContain(secretOfKey));
        }
    }

    /** All but the owner's key file. */
    private static void addFiles(Map<String, byte[]> visible, Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(home.resolve(KEY_FILE)))
                    .forEach(file -> {
                        try {
                            visible.put(file.toString(), Files.readAllBytes(file));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }

    /** Byte for byte, so that nothing is lost in what is no text. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
