package io.jenkins.plugins.builderfarm.pages;

import io.jenkins.plugins.builderfarm.conduct.ResultCell;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.TimeoutScale;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One builder, as pages and their JSON show it. No environment: its values are for those who may see jobs' settings. */
@ExportedBean(defaultVisibility = 9)
public final class BuilderRow {
    @Exported
    public final String name;

    @Exported
    public final String hostType;

    /** Empty if the host type says none, or isn't there. */
    @Exported
    public final String platform;

    @Exported
    public final boolean disabled;

    @Exported
    public final boolean tryOnly;

    @Exported
    public final boolean compileOnly;

    @Exported
    public final boolean flakyNetwork;

    /** How many times longer than others its builds may take. */
    @Exported
    public final int timeoutScale;

    @Exported
    public final String notes;

    @Exported
    public final List<String> knownIssues;

    /** Its latest results, the latest first. */
    @Exported
    public final List<ResultCell> latest;

    /** Whether the host type is configured. */
    @Exported
    public final boolean hostTypeKnown;

    BuilderRow(Builder builder, Optional<HostType> type, List<ResultCell> latest) {
        name = builder.getName();
        hostType = builder.getHostType();
        platform = type.map(HostType::getPlatform).orElse("");
        disabled = builder.isDisabled() || type.map(HostType::isDisabled).orElse(false);
        tryOnly = builder.isTryOnly();
        compileOnly = builder.isCompileOnly();
        flakyNetwork = builder.isFlakyNetwork();
        timeoutScale = TimeoutScale.of(Optional.of(builder), type);
        notes = builder.getNotes();
        this.latest = List.copyOf(latest);
        knownIssues = builder.getKnownIssues();
        hostTypeKnown = type.isPresent();
    }
}
