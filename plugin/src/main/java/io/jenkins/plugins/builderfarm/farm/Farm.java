package io.jenkins.plugins.builderfarm.farm;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.ConfigurationListener;
import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import io.jenkins.plugins.builderfarm.coordinator.pool.ExpectedLease;
import io.jenkins.plugins.builderfarm.coordinator.port.Ports;
import io.jenkins.plugins.builderfarm.coordinator.port.ReleaseFeed;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import io.jenkins.plugins.builderfarm.keys.KeysListener;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.logging.Logger;

/**
 * The one coordinator of this Jenkins. It exists as soon as it is asked for; machines are let in once {@link #open} was
 * told which leases outlived the restart. Thread-safe.
 */
@Extension
public final class Farm implements PoolSource, ConfigurationListener, KeysListener {
    private static final Logger LOGGER = Logger.getLogger(Farm.class.getName());

    private volatile Coordinator coordinator;
    private volatile boolean open;

    public static Farm get() {
        return ExtensionList.lookupSingleton(Farm.class);
    }

    /** The coordinator; it knows no host type before the farm is open. */
    public Coordinator coordinator() {
        Coordinator current = coordinator;
        return current == null ? make() : current;
    }

    private synchronized Coordinator make() {
        if (coordinator == null) {
            Ports ports = new Ports(
                    BuilderKeys.get().masterKey(),
                    InstantSource.system(),
                    new SecureRandom(),
                    new EventCarrier(),
                    HistoryFile.ofThisController(),
                    releases(),
                    new ControllerAgentJar());
            coordinator = new Coordinator(ports, FarmTimings.current(), Bounds.DEFAULT);
        }
        return coordinator;
    }

    private static ReleaseFeed releases() {
        // The package that polls the bucket knows this one, not the other way round.
        return () -> ExtensionList.lookup(ReleaseFeedExtension.class).stream()
                .flatMap(feed -> feed.manifest().stream())
                .findFirst();
    }

    /**
     * Machines may come.
     *
     * @param survivors the leases whose nodes were read back
     */
    public void open(Collection<ExpectedLease> survivors) {
        Coordinator waiting = coordinator();
        survivors.forEach(waiting::expect);
        open = true;
        reconfigure();
        LOGGER.info(() -> "Machines may dial in; leases that outlived the restart: " + survivors.size());
    }

    /** Whether machines are let in: not while Jenkins loads, nor while it shuts down. */
    public boolean isOpen() {
        return open;
    }

    @Override
    public PoolView snapshot() {
        return coordinator().snapshot();
    }

    @Override
    public List<Refusal> refusals() {
        return coordinator().refusals();
    }

    @Override
    public void changed(BuilderFarmConfiguration configuration) {
        reconfigure();
    }

    @Override
    public void changed() {
        reconfigure();
    }

    /** Takes over a changed configuration, other keys, another URL of Jenkins. */
    synchronized void reconfigure() {
        if (open) {
            coordinator().configure(CurrentSettings.read());
        }
    }

    private void close() {
        open = false;
        Coordinator current = coordinator;
        if (current != null) {
            current.close();
        }
    }

    /** Before agents are cut off: machines come back on their own and are told then what became of their leases. */
    @Terminator
    public static void shutDown() {
        get().close();
    }
}
