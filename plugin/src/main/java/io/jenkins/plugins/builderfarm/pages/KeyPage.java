package io.jenkins.plugins.builderfarm.pages;

import hudson.model.ModelObject;
import hudson.util.HttpResponses;
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
 * {@code /builders/hostType/NAME/key}, for administrators alone. The key is only ever in the answer to a POST that asks
 * for it; every such answer goes to the log.
 */
public final class KeyPage implements ModelObject, StaplerProxy {
    private final HostTypeName hostType;

    KeyPage(HostTypeName hostType) {
        this.hostType = hostType;
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }

    @Override
    public String getDisplayName() {
        return "Builder key";
    }

    public String getHostType() {
        return hostType.value();
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
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String key = BuilderKeys.get().show(hostType, "on the key page").print();
        return HttpResponses.forwardToView(this, "shown").with("key", key);
    }

    @POST
    public HttpResponse doRotate() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        BuilderKeys.get().rotate(hostType);
        return HttpRedirect.DOT;
    }

    @POST
    public HttpResponse doRevoke(@QueryParameter int generation) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            BuilderKeys.get().revoke(hostType, generation);
        } catch (IllegalArgumentException e) {
            return HttpResponses.errorWithoutStack(400, e.getMessage());
        }
        return HttpRedirect.DOT;
    }
}
