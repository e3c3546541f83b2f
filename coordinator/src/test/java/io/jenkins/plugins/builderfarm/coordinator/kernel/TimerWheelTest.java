package io.jenkins.plugins.builderfarm.coordinator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
    private final TimerWheel wheel = new TimerWheel();
    private final List<String> fired = new ArrayList<>();

    private Timer timer(String name) {
        return new Timer(() -> fired.add(name));
    }

    @Test
    void shouldFireInTheFirstSecondThatBeginsWhenDue() {
        wheel.set(timer("a"), 1_001);
        wheel.advance(1_999);
        assertThat(fired).isEmpty();
        wheel.advance(2_000);
        wheel.advance(9_000);
        assertThat(fired).containsExactly("a");
    }

    @Test
    void shouldFireWhatIsOverdueAlready() {
        wheel.advance(50_000);
        wheel.set(timer("a"), 3);
        wheel.advance(51_000);
        assertThat(fired).containsExactly("a");
    }

    @Test
    void shouldNotFireWhatWasCancelledOrPutOff() {
        Timer cancelled = timer("cancelled");
        Timer later = timer("later");
        wheel.set(cancelled, 1_000);
        wheel.set(later, 1_000);
        cancelled.cancel();
        cancelled.cancel();
        wheel.set(later, 5_000);
        assertThat(cancelled.isWaiting()).isFalse();
        assertThat(later.isWaiting()).isTrue();
        wheel.advance(4_000);
        assertThat(fired).isEmpty();
        wheel.advance(5_000);
        assertThat(fired).containsExactly("later");
        assertThat(later.isWaiting()).isFalse();
    }

    @Test
    void shouldWaitForTimersMoreThanOneTurnAway() {
        wheel.set(timer("far"), 5_000_000);
        for (long now = 0; now < 5_000_000; now += 5_000) {
            wheel.advance(now);
        }
        assertThat(fired).isEmpty();
        wheel.advance(5_000_000);
        assertThat(fired).containsExactly("far");
    }

    @Test
    void shouldLetATimerCancelAndSetOthersThatAreDue() {
        Timer second = timer("second");
        Timer third = timer("third");
        Timer first = new Timer(() -> {
            fired.add("first");
            second.cancel();
            wheel.set(third, 2_000);
        });
        wheel.set(first, 1_000);
        wheel.set(second, 1_000);
        wheel.set(third, 1_000);
        wheel.advance(1_000);
        assertThat(fired).containsExactly("first");
        wheel.advance(2_000);
        assertThat(fired).containsExactly("first", "third");
    }

    @Test
    void shouldDoAsAPriorityQueueWould() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TreeMap<Integer, Long> expected = new TreeMap<>();
        List<Timer> timers = new ArrayList<>();
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int number = i;
            timers.add(new Timer(() -> ran.add(number)));
        }
        long now = 0;
        for (int step = 0; step < 5_000; step++) {
            int number = random.nextInt(timers.size());
            if (random.nextInt(4) == 0) {
                timers.get(number).cancel();
                expected.remove(number);
            } else {
                long due = now + random.nextInt(3_000_000);
                wheel.set(timers.get(number), due);
                expected.put(number, due);
            }
            now += random.nextInt(5_000);
            long limit = now;
            wheel.advance(now);
            List<Integer> due = new ArrayList<>();
            expected.forEach((key, time) -> {
                if (time <= limit / 1_000 * 1_000) {
                    due.add(key);
                }
            });
            assertThat(ran).as("seed %d, step %d", seed, step).containsExactlyInAnyOrderElementsOf(due);
            due.forEach(expected::remove);
            ran.clear();
        }
    }
}
