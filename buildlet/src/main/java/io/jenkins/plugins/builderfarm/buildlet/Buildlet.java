package io.jenkins.plugins.builderfarm.buildlet;

import io.jenkins.plugins.builderfarm.buildlet.agent.AgentListener;
import io.jenkins.plugins.builderfarm.buildlet.agent.RunningAgent;
import io.jenkins.plugins.builderfarm.buildlet.control.Backoff;
import io.jenkins.plugins.builderfarm.buildlet.control.ControlLine;
import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.log.Reasons;
import io.jenkins.plugins.builderfarm.buildlet.loop.Loop;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.DrainReason;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.Limits;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One life of the buildlet: dial in, pass the preflight, take one lease, clean up, leave. It takes no second lease, so
 * that a newer buildlet, or the machine's owner, gets a turn between any two builds.
 *
 * <p>Lives on the loop; what blocks is done by the worker, one thing after the other.
 */
final class Buildlet implements ControlLine.Listener {
    /** How often a machine that was set aside looks whether it can work again. */
    static final Duration RECHECK = Duration.ofSeconds(30);
    /** How often a ready machine looks whether it still can work. */
    static final Duration QUIET_CHECK = Duration.ofMinutes(5);
    /** A lease whose agent stays away from a controller that can be reached for so long is over. */
    static final Duration AGENT_GONE = Duration.ofMinutes(5);
    /** Machines that were sent away together come back within this time. */
    static final Duration SPREAD = Duration.ofSeconds(30);

    private static final int MOST_REFUSALS = 3;

    private enum State {
        CHECKING,
        READY,
        SET_ASIDE,
        STARTING,
        RUNNING,
        CLEANING,
        LEAVING
    }

    private final Loop loop;
    private final Executor worker;
    private final Work work;
    private final Progress progress;
    private final Backoff jitter;
    private final boolean reboot;
    private final Log log;
    private final Consumer<ExitCode> end;

    private ControlLine line;
    private State state = State.CHECKING;
    private AgentJar agentJar;
    private int check;
    private LeaseId lease;
    private boolean agentRan;
    private boolean agentConnected;
    private int refusals;
    private ExitCode exit = ExitCode.COME_BACK;
    private Loop.Timer agentGone = Loop.Timer.NONE;
    /** The worker's alone. */
    private RunningAgent agent = () -> {};
    /** The worker's alone: a lease that no build took needs no reboot. */
    private boolean used;

    /** @param end told once, on the loop or the worker, how it ended */
    Buildlet(
            Loop loop,
            Executor worker,
            Work work,
            Progress progress,
            Backoff jitter,
            boolean reboot,
            Log log,
            Consumer<ExitCode> end) {
        this.loop = loop;
        this.worker = worker;
        this.work = work;
        this.progress = progress;
        this.jitter = jitter;
        this.reboot = reboot;
        this.log = log;
        this.end = end;
    }

    /** Dials. */
    void start(ControlLine controlLine) {
        line = controlLine;
        line.start(() -> Optional.ofNullable(lease));
    }

    /** The machine's owner, or its supervisor, ends this program: cleans up first if there is a lease. */
    void stop() {
        if (state == State.STARTING || state == State.RUNNING) {
            fail("the buildlet was stopped on the machine");
        } else if (state == State.LEAVING) {
            end.accept(exit); // only time is waited for: nothing is left to clean up
        } else if (state != State.CLEANING) {
            line.send(new MachineMessage.Goodbye("stopped on the machine"));
            leave(Duration.ZERO);
        }
    }

    @Override
    public void welcomed(ControllerMessage.Welcome welcome) {
        refusals = 0;
        agentJar = welcome.agent();
        progress.dialledIn();
        if (lease == null) {
            check();
        }
    }

    @Override
    public void received(ControllerMessage message) {
        if (message instanceof ControllerMessage.HealthCheck health) {
            line.send(work.health(health.sequence()));
        } else if (message instanceof ControllerMessage.Lease newLease) {
            leased(newLease);
        } else if (message instanceof ControllerMessage.Release release) {
            released(release);
        } else if (message instanceof ControllerMessage.Drain drain) {
            drained(drain);
        }
        // Anything else is of a newer controller, and can be done without.
    }

    @Override
    public void refused(Duration retry) {
        if (state == State.LEAVING) {
            return;
        }
        refusals++;
        log.line("the controller refused this machine; why, the farm's administrators can see; waiting "
                + retry.toSeconds() + " s");
        if (lease == null) {
            exit = ExitCode.REFUSED;
            leave(retry);
        } else if (state == State.RUNNING && !agentConnected && refusals >= MOST_REFUSALS) {
            log.line("giving up " + lease);
            exit = ExitCode.REFUSED;
            finish();
        } else {
            line.dialAfter(retry);
        }
    }

    @Override
    public void outOfReach() {
        if (lease == null && state != State.LEAVING) {
            log.line("no controller for " + ControlLine.OUT_OF_REACH.toMinutes() + " minutes");
            exit = ExitCode.OUT_OF_REACH;
            leave(Duration.ZERO);
        }
    }

    private void check() {
        state = State.CHECKING;
        preflight();
    }

    private void preflight() {
        int number = ++check;
        AgentJar jar = agentJar;
        worker.execute(() -> {
            List<String> reasons = work.preflight(jar).stream()
                    .map(Limits::note)
                    .limit(Limits.MOST_NOTES)
                    .toList();
            loop.execute(() -> {
                if (number == check) {
                    checked(reasons);
                }
            });
        });
    }

    private void checked(List<String> reasons) {
        boolean idle = state == State.CHECKING || state == State.READY || state == State.SET_ASIDE;
        if (!idle) {
            return;
        }
        if (!reasons.isEmpty()) {
            line.send(new MachineMessage.SetAside(reasons));
            if (state != State.SET_ASIDE) {
                reasons.forEach(reason -> log.line("set aside: " + reason));
            }
            state = State.SET_ASIDE;
        } else if (state != State.READY) {
            line.send(new MachineMessage.Ready());
            log.line("ready");
            state = State.READY;
        }
        int number = check;
        loop.after(state == State.READY ? QUIET_CHECK : RECHECK, () -> {
            if (number == check && (state == State.READY || state == State.SET_ASIDE)) {
                preflight();
            }
        });
    }

    private void leased(ControllerMessage.Lease wanted) {
        if (wanted.lease().equals(lease)) {
            return; // said twice
        }
        if (state != State.READY) {
            line.send(new MachineMessage.LeaseFailed(wanted.lease(), "the machine is not ready"));
            return;
        }
        state = State.STARTING;
        lease = wanted.lease();
        log.line("leased as " + lease);
        AgentJar jar = agentJar;
        worker.execute(() -> {
            try {
                agent = work.start(wanted, jar, new AgentEvents());
                loop.execute(this::started);
            } catch (IOException e) {
                loop.execute(() -> startFailed(Reasons.of(e)));
            }
        });
    }

    private void started() {
        if (state == State.STARTING) {
            state = State.RUNNING;
            line.send(new MachineMessage.LeaseAccepted(lease));
            progress.leased(lease);
            watchAgent();
        }
    }

    private void startFailed(String reason) {
        if (state == State.STARTING) {
            fail("the agent can't be started: " + reason);
        }
    }

    private void released(ControllerMessage.Release release) {
        if (!release.lease().equals(lease)) {
            log.line("asked to release " + release.lease() + ", which this machine does not hold");
        } else if (state == State.STARTING || state == State.RUNNING) {
            log.line("released from " + lease);
            if (release.reboot() && !reboot) {
                log.line("the controller asks for a reboot, which needs -reboot on this machine");
            }
            finish();
        }
    }

    private void drained(ControllerMessage.Drain drain) {
        log.line("sent away (" + drain.reason().wire() + ")" + (drain.note().isEmpty() ? "" : ": " + drain.note()));
        if (lease != null || state == State.LEAVING) {
            return; // it leaves after the lease anyway
        }
        line.send(new MachineMessage.Goodbye("sent away: " + drain.reason().wire()));
        leave(drain.reason() == DrainReason.NEWER_BUILDLET ? Duration.ZERO : jitter.upTo(SPREAD));
    }

    private void fail(String reason) {
        log.line(lease + " failed: " + reason);
        line.send(new MachineMessage.LeaseFailed(lease, Limits.note(reason)));
        finish();
    }

    private void finish() {
        state = State.CLEANING;
        agentGone.cancel();
        LeaseId finished = lease;
        worker.execute(() -> {
            agent.stop();
            used |= work.isUsed(finished);
            Optional<String> problem = work.cleanUp(finished).map(Limits::note);
            loop.execute(() -> cleaned(problem));
        });
    }

    private void cleaned(Optional<String> problem) {
        line.send(new MachineMessage.Released(lease, problem));
        if (problem.isPresent()) {
            log.line("not clean after " + lease + ": " + problem.get());
        } else if (agentRan) {
            progress.released(lease);
            log.line("clean after " + lease);
        }
        leave(Duration.ZERO);
    }

    /** @param wait between the end of the connection and the end of the program */
    private void leave(Duration wait) {
        state = State.LEAVING;
        line.close(() -> loop.after(wait, () -> worker.execute(this::exit)));
    }

    private void exit() {
        boolean rebooting = reboot && used && work.reboot();
        end.accept(rebooting ? ExitCode.REBOOTING : exit);
    }

    private void watchAgent() {
        agentGone.cancel();
        agentGone = loop.after(AGENT_GONE, () -> {
            if (state == State.RUNNING && !agentConnected) {
                if (line.isUp()) {
                    fail("the agent could not connect for " + AGENT_GONE.toMinutes() + " minutes");
                } else {
                    watchAgent();
                }
            }
        });
    }

    private final class AgentEvents implements AgentListener {
        @Override
        public void connected() {
            loop.execute(() -> {
                agentConnected = true;
                agentRan = true;
                agentGone.cancel();
            });
        }

        @Override
        public void disconnected() {
            loop.execute(() -> {
                agentConnected = false;
                if (state == State.RUNNING) {
                    log.line("the agent of " + lease + " lost its connection and tries again");
                    watchAgent();
                }
            });
        }
    }
}
