package io.jenkins.plugins.builderfarm.buildlet.control;

import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.loop.Loop;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps a link to the controller: dials, and dials again with back-off when it is lost. Lives on the loop.
 */
public final class ControlLine {
    /** After so long without a welcome the controller counts as out of reach. */
    public static final Duration OUT_OF_REACH = Duration.ofMinutes(10);

    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int LOG_EVERY = 10;

    /** Called on the loop. */
    public interface Listener {
        /** The controller let the machine in and proved itself. */
        void welcomed(ControllerMessage.Welcome welcome);

        void received(ControllerMessage message);

        /** The controller did not let the machine in; nothing is dialled until {@link ControlLine#dialAfter}. */
        void refused(Duration retry);

        /** There was no welcome for {@link #OUT_OF_REACH}; dialling goes on. */
        void outOfReach();
    }

    private final Loop loop;
    private final Dialer dialer;
    private final Introduction introduction;
    private final Backoff backoff;
    private final Log log;
    private final Listener listener;
    private Supplier<Optional<LeaseId>> heldLease = Optional::empty;
    private Link link;
    private Runnable whenClosed;
    private Loop.Timer redial = Loop.Timer.NONE;
    private Loop.Timer outOfReach = Loop.Timer.NONE;
    private String lastProblem = "";
    private int failures;

    public ControlLine(
            Loop loop, Dialer dialer, Introduction introduction, Backoff backoff, Log log, Listener listener) {
        this.loop = loop;
        this.dialer = dialer;
        this.introduction = introduction;
        this.backoff = backoff;
        this.log = log;
        this.listener = listener;
    }

    /** Dials for the first time. */
    public void start(Supplier<Optional<LeaseId>> held) {
        heldLease = held;
        watchReach();
        dial();
    }

    /** Dials after the time, once, unless it is closed before. */
    public void dialAfter(Duration wait) {
        redial.cancel();
        redial = loop.after(wait, this::dial);
    }

    public boolean isUp() {
        return link != null && link.isUp();
    }

    /** Does nothing unless the line is up. */
    public void send(MachineMessage message) {
        if (isUp()) {
            link.send(message);
        }
    }

    /** Closes for good, after what was sent is out; a few seconds at most. */
    public void close(Runnable closed) {
        redial.cancel();
        outOfReach.cancel();
        if (link == null) {
            closed.run();
        } else {
            whenClosed = closed;
            link.close(CLOSING);
        }
    }

    private void dial() {
        link = new Link(loop, dialer, introduction, heldLease.get(), new LinkListener());
    }

    private void watchReach() {
        outOfReach.cancel();
        outOfReach = loop.after(OUT_OF_REACH, () -> {
            watchReach();
            listener.outOfReach();
        });
    }

    /** The same problem again is said every tenth time only: a machine left alone for a year must not fill its disk. */
    private void report(String problem, Duration wait) {
        failures = problem.equals(lastProblem) ? failures + 1 : 0;
        lastProblem = problem;
        if (failures % LOG_EVERY == 0) {
            log.line("no connection to " + introduction.controller() + ": " + problem + "; next attempt in "
                    + wait.toSeconds() + " s");
        }
    }

    private final class LinkListener implements Link.Listener {
        private boolean wasUp;

        @Override
        public void welcomed(ControllerMessage.Welcome welcome) {
            wasUp = true;
            outOfReach.cancel();
            backoff.reset();
            lastProblem = "";
            log.line("dialled in to " + introduction.controller() + " as " + introduction.machine());
            listener.welcomed(welcome);
        }

        @Override
        public void received(ControllerMessage message) {
            listener.received(message);
        }

        @Override
        public void refused(Duration retry) {
            link = null;
            listener.refused(retry);
        }

        @Override
        public void ended(String reason, Optional<Duration> retryAfter) {
            link = null;
            if (whenClosed != null) {
                whenClosed.run();
                return;
            }
            if (wasUp) {
                watchReach();
            }
            Duration wait = backoff.next();
            Duration patient = retryAfter.map(asked -> asked.plus(wait)).orElse(wait);
            report(reason, patient);
            dialAfter(patient);
        }
    }
}
