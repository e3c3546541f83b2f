package io.jenkins.plugins.builderfarm.coordinator.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FarmLockTest {
    private final FarmLock lock = new FarmLock();
    private final Mailbox mailbox = new Mailbox();
    private final List<String> log = new ArrayList<>();

    @Test
    void shouldRunActionsAfterTheLockWasLetGo() {
        String result = lock.get(() -> {
            lock.later(mailbox, () -> log.add("action, lock held: " + lock.isMine()));
            log.add("body, lock held: " + lock.isMine());
            return "result";
        });
        assertThat(result).isEqualTo("result");
        assertThat(log).containsExactly("body, lock held: true", "action, lock held: false");
    }

    @Test
    void shouldRunActionsEvenIfTheBodyFails() {
        assertThatThrownBy(() -> lock.run(() -> {
                    lock.later(mailbox, () -> log.add("action"));
                    throw new IllegalStateException("body");
                }))
                .hasMessage("body");
        assertThat(log).containsExactly("action");
    }

    @Test
    void shouldGoOnAfterAnActionThatFails() {
        lock.run(() -> {
            lock.later(mailbox, () -> {
                throw new IllegalStateException("action");
            });
            lock.later(mailbox, () -> {
                throw new AssertionError("action");
            });
            lock.later(mailbox, () -> log.add("next"));
        });
        assertThat(log).containsExactly("next");
    }

    @Test
    void shouldRunActionsOfActionsInTheirTurn() {
        lock.run(() -> {
            lock.later(mailbox, () -> {
                lock.run(() -> lock.later(mailbox, () -> log.add("third")));
                log.add("first");
            });
            lock.later(mailbox, () -> log.add("second"));
        });
        assertThat(log).containsExactly("first", "second", "third");
    }

    @Test
    void shouldNotNest() {
        assertThatThrownBy(() -> lock.run(() -> lock.run(() -> {}))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lock.later(mailbox, () -> {})).isInstanceOf(IllegalStateException.class);
        lock.run(() -> log.add("still works"));
        assertThat(log).hasSize(1);
    }

    @Test
    void shouldKeepTheOrderInWhichThingsWereDecided() throws InterruptedException {
        int threads = 4;
        int each = 20_000;
        AtomicInteger running = new AtomicInteger();
        List<Integer> order = new ArrayList<>();
        int[] next = {0};
        CountDownLatch done = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                        for (int j = 0; j < each; j++) {
                            lock.run(() -> {
                                int number = next[0]++;
                                lock.later(mailbox, () -> {
                                    assertThat(running.incrementAndGet()).isEqualTo(1);
                                    order.add(number);
                                    running.decrementAndGet();
                                });
                            });
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        assertThat(order).hasSize(threads * each).isSorted();
    }

    @Test
    void shouldNotLetOneMailboxHoldUpAnother() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread slow = new Thread(() -> lock.run(() -> lock.later(mailbox, () -> {
            blocked.countDown();
            awaitQuietly(release);
        })));
        slow.start();
        blocked.await();
        Mailbox other = new Mailbox();
        lock.run(() -> {
            lock.later(mailbox, () -> log.add("behind the slow one"));
            lock.later(other, () -> log.add("other"));
        });
        assertThat(log).containsExactly("other");
        release.countDown();
        slow.join();
        assertThat(log).containsExactly("other", "behind the slow one");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
