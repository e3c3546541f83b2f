package io.jenkins.plugins.builderfarm.pages;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.Owners;
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
    private final boolean mine;

    /** @param mine whether it is about the host types alone that the caller owns */
    PoolsPage(boolean mine) {
        this.mine = mine;
    }

    @Override
    public String getDisplayName() {
        return mine ? "My machines" : "Pools";
    }

    public Api getApi() {
        return new Api(this);
    }

    /** "Reverse pool summary": the host types whose machines dial in. */
    @Exported
    public List<HostTypeRow> getHostTypes() {
        return BuildersAction.hostTypes(pool).stream()
                .filter(type -> type.reverse && isShown(type.name))
                .toList();
    }

    /** "Reverse pool machine detail". */
    @Exported
    public List<MachineRow> getMachines() {
        boolean addresses = mine || FarmPermissions.maySeeSettings();
        ListedMachines listed = ListedMachines.of(BuilderFarmConfiguration.get().getHostTypes());
        return pool.machines().stream()
                .filter(view -> isShown(view.id().hostType().value()))
                .map(view -> new MachineRow(view, addresses, listed))
                .toList();
    }

    private boolean isShown(String hostType) {
        return !mine
                || BuilderFarmConfiguration.get()
                        .hostType(hostType)
                        .filter(Owners::isCaller)
                        .isPresent();
    }

    /** For the view. */
    public List<MachineRow> getShownMachines() {
        return getMachines().stream().limit(MOST_MACHINES).toList();
    }

    /** For the view: how many machines it leaves out. */
    public int getMachinesLeftOut() {
        return Math.max(0, getMachines().size() - MOST_MACHINES);
    }

    /** Who was not let in lately and why; null for who may not see that. */
    @Exported
    public List<RefusalRow> getRefusals() {
        return mine || FarmPermissions.maySeeSettings()
                ? Pool.refusals().stream()
                        .filter(refusal -> isShown(refusal.machine().replaceFirst("/.*", "")))
                        .map(RefusalRow::new)
                        .toList()
                : null;
    }
}
