package io.jenkins.plugins.builderfarm.stage0.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DoctorTest {
    private static final Check WELL = new LazyCheck("well", () -> new CpuCheck(2));
    private static final Check BROKEN = new LazyCheck("broken", () -> {
        throw new IllegalStateException("no idea");
    });

    @Test
    void shouldGoOnAfterACheckThatThrows() throws Exception {
        List<Diagnosis> seen = new ArrayList<>();
        List<Diagnosis> all = new Doctor(List.of(BROKEN, WELL), Duration.ofMinutes(1)).run(seen::add);
        assertThat(seen).isEqualTo(all);
        assertThat(all.get(0))
                .hasToString(new Diagnosis(
                                "broken",
                                Finding.fail(
                                        "the check itself failed: java.lang.IllegalStateException: no idea",
                                        "tell the farm's administrators, with this line"))
                        .toString());
        assertThat(all.get(1).finding()).isEqualTo(Finding.ok("2 CPUs"));
    }

    @Test
    void shouldGoOnAfterACheckThatHasNoEnd() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Check endless = new LazyCheck("endless", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return WELL;
        });
        // Time enough for its thread to begin on a busy machine: one that is cancelled before is never interrupted.
        List<Diagnosis> all = new Doctor(List.of(endless, WELL), Duration.ofSeconds(3)).run(unused -> {});
        assertThat(all.get(0).finding().level()).isEqualTo(Level.FAIL);
        assertThat(all.get(0).finding().found()).contains("had not ended");
        interrupted.await();
    }

    @Test
    void shouldEndAsTheWorstFinding() {
        assertThat(code()).isZero();
        assertThat(code(Finding.ok("a"), Finding.skip("b"))).isZero();
        assertThat(code(Finding.ok("a"), Finding.warn("b", ""))).isEqualTo(10);
        assertThat(code(Finding.fail("a", ""), Finding.warn("b", ""))).isEqualTo(11);
    }

    private static int code(Finding... findings) {
        return Doctor.exitCode(
                List.of(findings).stream().map(each -> new Diagnosis("x", each)).toList());
    }

    @Test
    void shouldPrintALineForEach() {
        assertThat(Report.line(new Diagnosis("clock", Finding.warn("200 s behind", "set it"))))
                .isEqualTo("warn  clock        200 s behind; set it");
        assertThat(Report.line(new Diagnosis("proxy", Finding.ok("none")))).isEqualTo("ok    proxy        none");
    }

    @Test
    void shouldPrintJson() {
        String json = Report.json(List.of(
                new Diagnosis("key", Finding.fail("it's \"bad\"", "mend <it>")),
                new Diagnosis("a", Finding.skip("b"))));
        JsonArray array = JsonParser.parseString(json).getAsJsonArray();
        assertThat(array.get(0).getAsJsonObject().get("status").getAsString()).isEqualTo("fail");
        assertThat(array.get(0).getAsJsonObject().get("found").getAsString()).isEqualTo("it's \"bad\"");
        assertThat(array.get(0).getAsJsonObject().get("remedy").getAsString()).isEqualTo("mend <it>");
        assertThat(array.get(1).getAsJsonObject().get("name").getAsString()).isEqualTo("a");
    }

    @Test
    void shouldNotLetAServerSpeakToTheTerminal() {
        assertThat(Finding.ok("a\u001b[31m\nb").found()).isEqualTo("a [31m b");
    }
}
