package io.jenkins.plugins.builderfarm.pages;

import hudson.Util;
import hudson.model.Api;
import hudson.model.Failure;
import hudson.model.ModelObject;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import io.jenkins.plugins.builderfarm.farm.AdmittedMachines;
import io.jenkins.plugins.builderfarm.farm.DrainedMachines;
import java.util.List;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** {@code /builders/hostType/NAME}: one host type, its machines, its builders, and how to connect one more. */
@ExportedBean
public final class HostTypePage implements ModelObject {
    private final HostType type;
    private final PoolView pool = Pool.now();

    HostTypePage(HostType type) {
        this.type = type;
    }

    @Override
    public String getDisplayName() {
        return type.getName();
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported
    public HostTypeRow getHostType() {
        return BuildersAction.hostTypes(pool).stream()
                .filter(row -> row.name.equals(type.getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type.getName() + " was removed just now"));
    }

    /** For the view's table, which is made for many. */
    public List<HostTypeRow> getHostTypes() {
        return List.of(getHostType());
    }

    @Exported
    public List<MachineRow> getMachines() {
        boolean addresses = FarmPermissions.maySeeSettings() || FarmPermissions.mayControl(type);
        ListedMachines listed = ListedMachines.of(List.of(type));
        return pool.machines().stream()
                .filter(view -> view.id().hostType().value().equals(type.getName()))
                .map(view -> new MachineRow(view, addresses, listed))
                .toList();
    }

    /** For the view: whether the caller may drain and resume machines here. */
    public boolean isControllable() {
        return type.reversePool().isPresent() && FarmPermissions.mayControl(type);
    }

    /** For the view: whether the caller may deny and pin machines here. */
    public boolean isAdmittable() {
        return type.reversePool().isPresent() && FarmPermissions.mayAdminister();
    }

    /** For the view, and who may see settings: the machines that are denied. */
    public List<String> getDeniedMachines() {
        return named(ReversePool::getDeniedMachines);
    }

    /** For the view, and who may see settings: the only machines that are let in; none if every machine is. */
    public List<String> getPinnedMachines() {
        return named(ReversePool::getPinnedMachines);
    }

    private List<String> named(Function<ReversePool, List<String>> list) {
        return FarmPermissions.maySeeSettings() ? type.reversePool().map(list).orElse(List.of()) : List.of();
    }

    @POST
    public HttpResponse doDeny(@QueryParameter String hostname) {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        return done(() -> AdmittedMachines.deny(type, hostname));
    }

    @POST
    public HttpResponse doAllow(@QueryParameter String hostname) {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        return done(() -> AdmittedMachines.allow(type, hostname));
    }

    @POST
    public HttpResponse doPin(@QueryParameter String hostname) {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        return done(() -> AdmittedMachines.pin(type, hostname));
    }

    @POST
    public HttpResponse doUnpin(@QueryParameter String hostname) {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        return done(() -> AdmittedMachines.unpin(type, hostname));
    }

    @POST
    public HttpResponse doDrain(@QueryParameter String hostname, @QueryParameter String reason) {
        FarmPermissions.checkMayControl(type);
        return done(() -> DrainedMachines.drain(type, hostname, Util.fixNull(reason)));
    }

    @POST
    public HttpResponse doResume(@QueryParameter String hostname) {
        FarmPermissions.checkMayControl(type);
        return done(() -> DrainedMachines.resume(type, hostname));
    }

    private static HttpResponse done(Runnable action) {
        try {
            action.run();
            return HttpRedirect.DOT;
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    /** For the view: what builds find in their environment; null for who may not see the system's settings. */
    public List<EnvironmentVariable> getEnvironment() {
        return FarmPermissions.maySeeSettings() ? type.getEnvironment() : null;
    }

    /** For the view. */
    public String getConnectCommand() {
        return ConnectCommand.of(type.getName());
    }

    /** For the view: whether the page of keys is for the caller. */
    public boolean isWithKeys() {
        return type.reversePool().isPresent() && KeyPage.isForCaller();
    }

    /** {@code …/key}; null if no machine of this type has a key. */
    public KeyPage getKey() {
        return type.reversePool().isPresent() ? new KeyPage(type.hostTypeName()) : null;
    }
}
