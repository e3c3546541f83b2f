package io.jenkins.plugins.builderfarm.pages;

import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import java.util.List;
import java.util.Optional;
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

    HostTypeRow(HostType type, List<String> builders, Optional<HostTypeView> view) {
        name = type.getName();
        platform = type.getPlatform();
        image = type.getImage();
        owner = type.getOwner();
        notes = type.getNotes();
        trust = type.getTrust().name();
        disabled = type.isDisabled();
        hermetic = type.isHermetic();
        reverse = type.reversePool().isPresent();
        cloud = type.getSource() instanceof ExistingCloud source ? source.getCloud() : "";
        this.builders = List.copyOf(builders);
        pool = type.reversePool()
                .map(settings -> view.map(PoolCounts::new).orElseGet(() -> new PoolCounts(settings.getExpected())))
                .orElse(null);
    }
}
