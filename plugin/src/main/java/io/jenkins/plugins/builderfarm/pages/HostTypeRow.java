package io.jenkins.plugins.builderfarm.pages;

import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One host type with its place in the pool, as pages and their JSON show it. */
@ExportedBean(defaultVisibility = 9)
public final class HostTypeRow {
    @Exported
    public final String name;

    @Exported
    public final String platform;

    @Exported
    public final String image;

    @Exported
    public final String owner;

    @Exported
    public final String notes;

    /** {@code REVIEWED} or {@code ANY}. */
    @Exported
    public final String trust;

    @Exported
    public final boolean disabled;

    @Exported
    public final boolean hermetic;

    @Exported
    public final boolean reverse;

    /** The cloud that makes the machines; empty for the reverse pool. */
    @Exported
    public final String cloud;

    /** The names of the builders that run here. */
    @Exported
    public final List<String> builders;

    /** The machines by state; null unless the machines dial in. */
    @Exported
    public final PoolCounts pool;

    /** @param connected the hostnames of the machines that are connected */
    HostTypeRow(HostType type, List<String> builders, Optional<HostTypeView> view, Set<String> connected) {
        name = type.getName();
        platform = type.getPlatform();
        image = type.getImage();
        owner = type.contact();
        notes = type.getNotes();
        trust = type.getTrust().name();
        disabled = type.isDisabled();
        hermetic = type.isHermetic();
        reverse = type.reversePool().isPresent();
        cloud = type.getSource() instanceof ExistingCloud source ? source.getCloud() : "";
        this.builders = List.copyOf(builders);
        pool = type.reversePool()
                .map(settings -> counts(settings, view, connected))
                .orElse(null);
    }

    private static PoolCounts counts(ReversePool settings, Optional<HostTypeView> view, Set<String> connected) {
        List<String> missing = settings.expectedHostnames().stream()
                .map(Hostname::value)
                .filter(name -> !connected.contains(name))
                .toList();
        return view.map(known -> new PoolCounts(known, missing))
                .orElseGet(() -> new PoolCounts(settings.expectedInAll(), missing));
    }
}
