package io.jenkins.plugins.builderfarm.pages;

import hudson.Extension;
import hudson.model.Api;
import hudson.model.RootAction;
import io.jenkins.plugins.builderfarm.conduct.JobSight;
import io.jenkins.plugins.builderfarm.conduct.ResultsPage;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Owners;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import io.jenkins.plugins.builderfarm.history.HistoryPage;
import io.jenkins.plugins.builderfarm.history.TransferPage;
import io.jenkins.plugins.builderfarm.policy.PolicyPage;
import io.jenkins.plugins.builderfarm.policy.SelectEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** {@code /builders}: build configs at the top, host types below, for everybody who may see the farm. */
@Extension
@ExportedBean
public final class BuildersAction implements RootAction, StaplerProxy {
    /** How many results of each builder there are. */
    private static final int LATEST = 3;

    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(FarmPermissions.SEE) ? "symbol-hammer" : null;
    }

    @Override
    public String getDisplayName() {
        return "Builders";
    }

    @Override
    public String getUrlName() {
        return "builders";
    }

    /** Looked at every day by who runs a farm, so it is in the header and not in a menu. */
    @Override
    public boolean isPrimaryAction() {
        return true;
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(FarmPermissions.SEE);
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported
    public List<BuilderRow> getBuilders() {
        BuilderFarmConfiguration configuration = BuilderFarmConfiguration.get();
        Map<String, HostType> types =
                configuration.getHostTypes().stream().collect(Collectors.toMap(HostType::getName, Function.identity()));
        JobSight sight = new JobSight();
        return configuration.getBuilders().stream()
                .map(builder -> new BuilderRow(
                        builder,
                        Optional.ofNullable(types.get(builder.getHostType())),
                        sight.latest(builder.getName(), LATEST)))
                .toList();
    }

    @Exported
    public List<HostTypeRow> getHostTypes() {
        return hostTypes(Pool.now());
    }

    static List<HostTypeRow> hostTypes(PoolView pool) {
        BuilderFarmConfiguration configuration = BuilderFarmConfiguration.get();
        Map<String, List<String>> builders = configuration.getBuilders().stream()
                .collect(Collectors.groupingBy(
                        Builder::getHostType, Collectors.mapping(Builder::getName, Collectors.toList())));
        Map<String, HostTypeView> views = pool.hostTypes().stream()
                .collect(Collectors.toMap(view -> view.name().value(), Function.identity()));
        Map<String, Set<String>> connected = pool.machines().stream()
                .filter(MachineView::connected)
                .collect(Collectors.groupingBy(
                        machine -> machine.id().hostType().value(),
                        Collectors.mapping(machine -> machine.id().hostname().value(), Collectors.toSet())));
        return configuration.getHostTypes().stream()
                .map(type -> new HostTypeRow(
                        type,
                        builders.getOrDefault(type.getName(), List.of()),
                        Optional.ofNullable(views.get(type.getName())),
                        connected.getOrDefault(type.getName(), Set.of())))
                .toList();
    }

    /** What doesn't fit together in the configuration; null for who may not see that. */
    @Exported
    public List<String> getProblems() {
        return FarmPermissions.maySeeSettings() ? BuilderFarmConfiguration.get().problems() : null;
    }

    /** {@code /builders/pools}. */
    public PoolsPage getPools() {
        return new PoolsPage(false);
    }

    /** {@code /builders/mine}: the same, of the host types that the caller owns. */
    public PoolsPage getMine() {
        return new PoolsPage(true);
    }

    /** For the view. */
    public boolean isOwner() {
        return BuilderFarmConfiguration.get().getHostTypes().stream().anyMatch(Owners::isCaller);
    }

    /** {@code /builders/results}. */
    public ResultsPage getResults() {
        return new ResultsPage(Stapler.getCurrentRequest2());
    }

    /** {@code /builders/policy}. */
    public PolicyPage getPolicy() {
        return new PolicyPage();
    }

    /** {@code /builders/select}. */
    public SelectEndpoint getSelect() {
        return new SelectEndpoint();
    }

    /** {@code /builders/transfer}. */
    public TransferPage getTransfer() {
        return new TransferPage();
    }

    /** {@code /builders/history}. */
    public HistoryPage getHistory() {
        return new HistoryPage();
    }

    /** For the view. */
    public boolean isWithSettings() {
        return FarmPermissions.maySeeSettings();
    }

    /** {@code /builders/hostType/NAME}; null if there is none of that name. */
    public HostTypePage getHostType(String name) {
        return BuilderFarmConfiguration.get()
                .hostType(name)
                .map(HostTypePage::new)
                .orElse(null);
    }
}
