package io.jenkins.plugins.builderfarm.keys;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.util.Listeners;

/**
 * The builder keys of this controller. Thread-safe.
 *
 * <p>It fails closed. The master key and the record of generations are kept apart; if one of them is gone or doesn't
 * belong to the other, no generation is valid, no key is shown and {@link #problem} says why: else a lost store would
 * get a new master key that no machine knows, and a lost record would bring revoked keys back to life.
 */
@Extension
public final class BuilderKeys {
    private static final Logger LOGGER = Logger.getLogger(BuilderKeys.class.getName());

    private final Clock clock = Clock.systemUTC();

    /** Null until it is first needed: extensions are made before Jenkins's secrets can be asked for. */
    @CheckForNull
    private volatile KeyState state;

    public static BuilderKeys get() {
        return ExtensionList.lookupSingleton(BuilderKeys.class);
    }

    /** The master key, which is made when it is first used. Its use throws {@link IllegalStateException} when closed. */
    public MasterKey masterKey() {
        return message -> usable().mac(message);
    }

    /** Why no key is valid, for an administrator; empty if all is well. */
    public Optional<String> problem() {
        return state().problem();
    }

    /** The generations that are let in; {1} for a host type that nobody touched, none if there is a {@link #problem}. */
    public Set<Integer> generations(HostTypeName hostType) {
        return history(hostType).stream()
                .filter(generation -> !generation.isRevoked())
                .map(Generation::getNumber)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All generations there ever were, oldest first; none if there is a {@link #problem}. */
    public List<Generation> history(HostTypeName hostType) {
        KeyState now = state();
        return now.problem().isPresent() ? List.of() : now.record().generations(hostType.value());
    }

    /**
     * The host type's key of the latest generation, for an administrator's eyes. Who saw it goes to the log.
     *
     * @param how for the log, {@code "on the key page"}
     * @throws IllegalStateException if there is a {@link #problem}
     */
    public BuilderKey show(HostTypeName hostType, String how) {
        int generation = latest(usable().record().generations(hostType.value())).getNumber();
        BuilderKey key = BuilderKey.derive(masterKey(), hostType, generation);
        audit(key + " was shown to " + user() + " " + how);
        return key;
    }

    /**
     * Starts the next generation; the ones before stay valid until they are revoked.
     *
     * @return its number
     * @throws IllegalStateException if there is a {@link #problem}
     */
    public int rotate(HostTypeName hostType) {
        List<Generation> changed = change(hostType, this::withNext);
        int number = latest(changed).getNumber();
        audit("generation " + number + " of the builder key of " + hostType + " was started by " + user());
        return number;
    }

    /**
     * Revokes a generation: its machines are refused from now on. If it was the latest, the next one is started.
     *
     * @throws IllegalArgumentException if there is no such generation, or it was revoked before
     * @throws IllegalStateException if there is a {@link #problem}
     */
    public void revoke(HostTypeName hostType, int number) {
        change(hostType, generations -> {
            List<Generation> changed = new ArrayList<>(generations);
            int index = number - 1;
            if (index < 0 || index >= changed.size()) {
                throw new IllegalArgumentException("the builder key of " + hostType + " has no generation " + number);
            }
            if (changed.get(index).isRevoked()) {
                throw new IllegalArgumentException(
                        "generation " + number + " of the builder key of " + hostType + " is revoked already");
            }
            changed.set(index, changed.get(index).revoked(user(), clock.instant()));
            return number == changed.size() ? withNext(changed) : changed;
        });
        audit("generation " + number + " of the builder key of " + hostType + " was revoked by " + user());
    }

    /**
     * Makes a new master key and forgets all generations, which is the way out of a {@link #problem} when there is no
     * backup: every machine needs a new key.
     */
    public void startOver() {
        synchronized (this) {
            try {
                state = KeyState.startOver();
            } catch (IOException e) {
                throw new UncheckedIOException("the builder keys could not be saved", e);
            }
        }
        audit("a new master key was made by " + user() + ": no machine's builder key is valid any more");
        notifyListeners();
    }

    /** The master key and all generations, for another controller; who took them goes to the log. */
    MovedKeys movable() throws IOException {
        MovedKeys moved = usable().movable();
        audit("the master key was exported by " + user());
        return moved;
    }

    /** Takes another controller's keys in the place of this one's, even while there is a {@link #problem}. */
    void replaceBy(MovedKeys moved) {
        synchronized (this) {
            try {
                state = KeyState.replacedBy(moved);
            } catch (IOException e) {
                throw new UncheckedIOException("the builder keys could not be saved", e);
            }
        }
        audit("another controller's master key was imported by " + user());
        notifyListeners();
    }

    private List<Generation> change(HostTypeName hostType, UnaryOperator<List<Generation>> change) {
        List<Generation> changed;
        synchronized (this) {
            KeyState now = usable();
            changed = change.apply(now.record().generations(hostType.value()));
            try {
                state = now.save(now.record().with(hostType.value(), changed));
            } catch (IOException e) {
                throw new UncheckedIOException("the builder keys could not be saved", e);
            }
        }
        notifyListeners();
        return changed;
    }

    private List<Generation> withNext(List<Generation> generations) {
        List<Generation> changed = new ArrayList<>(generations);
        changed.add(Generation.started(generations.size() + 1, user(), clock.instant()));
        return changed;
    }

    private static Generation latest(List<Generation> generations) {
        return generations.get(generations.size() - 1);
    }

    private KeyState state() {
        KeyState now = state;
        if (now == null) {
            synchronized (this) {
                now = state;
                if (now == null) {
                    now = KeyState.load();
                    now.problem().ifPresent(problem -> LOGGER.log(Level.SEVERE, "No machine is let in: {0}", problem));
                    state = now;
                }
            }
        }
        return now;
    }

    /** A state whose master key exists. */
    private KeyState usable() {
        KeyState now = state();
        if (now.isReady()) {
            return now;
        }
        synchronized (this) {
            now = state();
            now.problem().ifPresent(problem -> {
                throw new IllegalStateException(problem);
            });
            if (!now.isReady()) {
                try {
                    now = now.makeMasterKey();
                } catch (IOException e) {
                    throw new UncheckedIOException("the builder keys could not be saved", e);
                }
                state = now;
            }
            return now;
        }
    }

    private static void notifyListeners() {
        Listeners.notify(KeysListener.class, false, KeysListener::changed);
    }

    private static String user() {
        return Jenkins.getAuthentication2().getName();
    }

    private static void audit(String what) {
        LOGGER.info(() -> "Audit: " + what);
        Listeners.notify(KeysListener.class, false, listener -> listener.audited(what));
    }
}
