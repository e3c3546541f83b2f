package io.jenkins.plugins.builderfarm.pages;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** {@code /builders/pools}: one picture of the reverse pool, made for one request. */
@ExportedBean
public final class PoolsPage implements ModelObject {
    /** A page with more rows helps nobody; the JSON has them all. */
    private static final int MOST_MACHINES = 1000;

    private final PoolView pool = Pool.now();

    @Override
    public String getDisplayName() {
        return "Pools";
    }

    public Api getApi() {
        return new Api(this);
    }

    /** "Reverse pool summary": the host types whose machines dial in. */
    @Exported
    public List<HostTypeRow> getHostTypes() {
        return BuildersAction.hostTypes(pool).stream()
                .filter(type -> type.reverse)
                .toList();
    }

    /** "Reverse pool machine detail". */
    @Exported
    public List<MachineRow> getMachines() {
        boolean addresses = FarmPermissions.maySeeSettings();
        return pool.machines().stream()
                .map(view -> new MachineRow(view, addresses))
                .toList();
    }

    /** For the view. */
    public List<MachineRow> getShownMachines() {
        return getMachines().stream().limit(MOST_MACHINES).toList();
    }

    /** For the view: how many machines it leaves out. */
    public int getMachinesLeftOut() {
        return Math.max(0, pool.machines().size() - MOST_MACHINES);
    }

    /** Who was not let in lately and why; null for who may not see that. */
    @Exported
    public List<RefusalRow> getRefusals() {
        return FarmPermissions.maySeeSettings()
                ? Pool.refusals().stream().map(RefusalRow::new).toList()
                : null;
    }
}
