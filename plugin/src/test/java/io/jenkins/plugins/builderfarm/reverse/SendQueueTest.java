package io.jenkins.plugins.builderfarm.reverse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private final List<String> sent = new ArrayList<>();
    private final List<CompletableFuture<Void>> underWay = new ArrayList<>();
    private boolean broken;
    private int closes;

    private final SendQueue queue = new SendQueue(new SendQueue.Wire() {
        @Override
        public Future<Void> send(String text) throws IOException {
            if (broken) {
                throw new IOException("broken pipe");
            }
            sent.add(text);
            CompletableFuture<Void> future = new CompletableFuture<>();
            underWay.add(future);
            return future;
        }

        @Override
        public void close() {
            closes++;
        }
    });

    @Test
    void shouldSendOneAtATimeInOrder() {
        queue.send("1");
        queue.send("2");
        assertThat(sent).containsExactly("1");

        underWay.get(0).complete(null);
        assertThat(sent).containsExactly("1", "2");
    }

    @Test
    void shouldCloseAfterWhatWasSentBefore() {
        queue.send("1");
        queue.send("2");
        queue.close();
        queue.send("3");
        assertThat(closes).isZero();

        underWay.get(0).complete(null);
        underWay.get(1).complete(null);
        assertThat(sent).containsExactly("1", "2");
        assertThat(closes).isOne();
    }

    @Test
    void shouldCloseAtOnceWhenTooMuchWaits() {
        for (int i = 0; i <= SendQueue.MOST; i++) {
            queue.send("text " + i);
        }
        assertThat(closes).isZero();

        queue.send("one too many");
        assertThat(closes).isOne();
        underWay.get(0).complete(null);
        assertThat(sent).hasSize(1);
    }

    @Test
    void shouldCloseWhenSendingFails() {
        queue.send("1");
        queue.send("2");
        underWay.get(0).completeExceptionally(new IOException("reset"));

        assertThat(closes).isOne();
        assertThat(sent).containsExactly("1");
    }

    @Test
    void shouldCloseWhenSendingThrows() {
        broken = true;
        queue.send("1");

        assertThat(closes).isOne();
    }

    @Test
    void shouldSendNothingOnceTheConnectionIsGone() {
        queue.send("1");
        queue.send("2");
        queue.discard();
        underWay.get(0).complete(null);
        queue.close();

        assertThat(sent).containsExactly("1");
        assertThat(closes).isZero();
    }
}
