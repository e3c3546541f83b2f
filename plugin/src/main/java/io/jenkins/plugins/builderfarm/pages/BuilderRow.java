package io.jenkins.plugins.builderfarm.pages;

import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.HostType;
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

    @Exported
    public final String notes;

    @Exported
    public final List<String> knownIssues;

    /** Whether the host type is configured. */
    @Exported
    public final boolean hostTypeKnown;

    BuilderRow(Builder builder, Optional<HostType> type) {
        name = builder.getName();
        hostType = builder.getHostType();
        platform = type.map(HostType::getPlatform).orElse("");
        disabled = builder.isDisabled() || type.map(HostType::isDisabled).orElse(false);
        tryOnly = builder.isTryOnly();
        compileOnly = builder.isCompileOnly();
        flakyNetwork = builder.isFlakyNetwork();
        notes = builder.getNotes();
        knownIssues = builder.getKnownIssues();
        hostTypeKnown = type.isPresent();
    }
}
