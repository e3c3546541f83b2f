package io.jenkins.plugins.builderfarm.policy;

import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.coordinator.policy.Decision;
import io.jenkins.plugins.builderfarm.coordinator.policy.Query;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/**
 * {@code /builders/select?repository=&branch=&mainBranch=&phase=}: the builders that build it, as JSON for scripts. With
 * {@code all=true} those that don't are there too. No environment: its values are for those who may see jobs' settings.
 */
public final class SelectEndpoint {
    /** 400 with {@code {"error": …}} if something is missing or wrong. */
    @GET
    public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Jenkins.get().checkPermission(FarmPermissions.SEE);
        JSONObject body;
        try {
            body = json(
                    Answer.to(
                            request.getParameter("repository"),
                            request.getParameter("branch"),
                            request.getParameter("mainBranch"),
                            request.getParameter("phase")),
                    Boolean.parseBoolean(request.getParameter("all")));
        } catch (IllegalArgumentException e) {
            response.setStatus(400);
            body = new JSONObject().element("error", e.getMessage());
        }
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(body);
    }

    private static JSONObject json(Answer answer, boolean all) {
        Map<String, HostType> types = BuilderFarmConfiguration.get().getHostTypes().stream()
                .collect(Collectors.toMap(HostType::getName, Function.identity()));
        JSONArray builders = new JSONArray();
        for (Decision decision : answer.getDecisions()) {
            if (all || decision.runs()) {
                builders.add(json(decision, types));
            }
        }
        Query query = answer.getQuery();
        return new JSONObject()
                .element("repository", query.repository())
                .element("branch", query.branch())
                .element("mainBranch", query.mainBranch())
                .element("phase", query.phase().toString())
                .element("builders", builders);
    }

    private static JSONObject json(Decision decision, Map<String, HostType> types) {
        String name = decision.builder().name();
        String hostType = BuilderFarmConfiguration.get()
                .builder(name)
                .map(builder -> builder.getHostType())
                .orElse("");
        HostType type = types.get(hostType);
        return new JSONObject()
                .element("name", name)
                // A builder's name is the label that its builds ask for.
                .element("label", name)
                .element("hostType", hostType)
                .element("platform", type == null ? "" : type.getPlatform())
                .element("runs", decision.runs())
                .element("reason", decision.reason())
                .element("knownIssues", JSONArray.fromObject(decision.builder().knownIssues()));
    }
}
