package io.jenkins.plugins.builderfarm.stage0.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import io.jenkins.plugins.builderfarm.stage0.TestLog;
import io.jenkins.plugins.builderfarm.stage0.state.FetchOutcome;
import io.jenkins.plugins.builderfarm.stage0.state.KeptRelease;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NetworkWaitTest {
    private static final FetchOutcome OFFLINE =
            new FetchOutcome(Optional.empty(), Optional.of("no address for farm.example"), true, List.of());
    private static final FetchOutcome REFUSED = FetchOutcome.failed("HTTP 403");
    private static final KeptRelease RELEASE = new KeptRelease(new Version("1.3"), Sha256.of(new byte[0]), 1);
    private static final FetchOutcome FETCHED =
            new FetchOutcome(Optional.of(RELEASE), Optional.empty(), false, List.of());

    private final TestLog log = new TestLog();
    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<FetchOutcome> outcomes = new ArrayDeque<>();
    private Duration now = Duration.ZERO;
    private int fetches;

    @Test
    void shouldWaitUntilTheNetworkIsThereAndSaySoOnce() throws Exception {
        outcomes.addAll(List.of(OFFLINE, OFFLINE, OFFLINE, FETCHED));
        assertThat(run(300)).isEqualTo(FETCHED);
        assertThat(pauses).hasSize(3);
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0))
                .endsWith("there is no network yet (no address for farm.example); waits for it, up to 300 s");
        assertThat(log.lines().get(1)).contains("the network is there after ");
    }

    @Test
    void shouldGiveUpAtItsLimit() throws Exception {
        assertThat(run(300)).isEqualTo(OFFLINE);
        assertThat(now).isEqualTo(Duration.ofSeconds(300));
        assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofSeconds(30)) <= 0);
        assertThat(fetches).isGreaterThan(10);
        assertThat(log.lines().get(1)).endsWith("still no network after 300 s");
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void shouldReturnWithAnyOtherFailure() throws Exception {
        outcomes.addAll(List.of(OFFLINE, REFUSED));
        assertThat(run(300)).isEqualTo(REFUSED);
    }

    @Test
    void shouldNotWaitWhenThereIsSomethingToStart() throws Exception {
        FetchOutcome kept = new FetchOutcome(Optional.of(RELEASE), Optional.of("no address"), true, List.of());
        outcomes.add(kept);
        assertThat(run(300)).isEqualTo(kept);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void shouldNotWaitWhenTold() throws Exception {
        assertThat(run(0)).isEqualTo(OFFLINE);
        assertThat(fetches).isEqualTo(1);
        assertThat(log.lines()).isEmpty();
    }

    private FetchOutcome run(int seconds) throws Exception {
        return new NetworkWait(
                        Duration.ofSeconds(seconds),
                        () -> now.toNanos(),
                        pause -> {
                            pauses.add(pause);
                            now = now.plus(pause);
                        },
                        new Random(1),
                        log.log())
                .run(() -> {
                    fetches++;
                    return outcomes.isEmpty() ? OFFLINE : outcomes.remove();
                });
    }
}
