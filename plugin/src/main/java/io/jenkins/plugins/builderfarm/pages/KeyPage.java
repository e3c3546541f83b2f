package io.jenkins.plugins.builderfarm.pages;

import hudson.model.Failure;
import hudson.model.ModelObject;
import hudson.security.Permission;
import hudson.util.HttpResponses;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import io.jenkins.plugins.builderfarm.keys.Generation;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code /builders/hostType/NAME/key}: the generations, for who may see settings. The key itself is for who may see keys,
 * and only ever in the answer to a POST that asks for it; every such answer goes to the log.
 */
public final class KeyPage implements ModelObject, StaplerProxy {
    private static final Permission[] FOR = {FarmPermissions.SEE_KEYS, FarmPermissions.ADMINISTER, Jenkins.SYSTEM_READ};

    private final HostTypeName hostType;

    KeyPage(HostTypeName hostType) {
        this.hostType = hostType;
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkAnyPermission(FOR);
        return this;
    }

    /** Whether the caller may see this page. */
    static boolean isForCaller() {
        return Jenkins.get().hasAnyPermission(FOR);
    }

    @Override
    public String getDisplayName() {
        return "Builder key";
    }

    public String getHostType() {
        return hostType.value();
    }

    /** For the view. */
    public boolean isShowable() {
        return FarmPermissions.maySeeKeys();
    }

    /** For the view. */
    public boolean isChangeable() {
        return FarmPermissions.mayAdminister();
    }

    /** For the view: why there is no key to be had, or null. */
    public String getProblem() {
        return BuilderKeys.get().problem().orElse(null);
    }

    public List<GenerationRow> getGenerations() {
        List<Generation> history = BuilderKeys.get().history(hostType);
        var machines = Pool.now().machines().stream()
                .filter(machine -> machine.id().hostType().equals(hostType))
                .collect(Collectors.groupingBy(machine -> machine.generation(), Collectors.counting()));
        return history.stream()
                .map(generation -> new GenerationRow(generation, machines.getOrDefault(generation.getNumber(), 0L)))
                .toList();
    }

    @POST
    public HttpResponse doShow() {
        Jenkins.get().checkPermission(FarmPermissions.SEE_KEYS);
        String key = BuilderKeys.get().show(hostType, "on the key page").print();
        return HttpResponses.forwardToView(this, "shown").with("key", key);
    }

    @POST
    public HttpResponse doRotate() {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        BuilderKeys.get().rotate(hostType);
        return HttpRedirect.DOT;
    }

    @POST
    public HttpResponse doRevoke(@QueryParameter int generation) {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        try {
            BuilderKeys.get().revoke(hostType, generation);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return HttpRedirect.DOT;
    }
}
