package io.jenkins.plugins.builderfarm.config;

import hudson.Util;
import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What the configuration says beside its host types and builders, which is what Jenkins's system page has of the farm; all
 * of it checked. Each part is as {@link BuilderFarmConfiguration} keeps it.
 *
 * @param releases null if the controller isn't told
 */
record GeneralSettings(
        List<SharedRules> ruleSets,
        List<String> controllerUrls,
        String minimumBuildlet,
        Releases releases,
        List<String> reviewedJobs,
        List<PipelineTemplate> pipelineTemplates,
        String jobFolder,
        int retries) {
    static final int DEFAULT_RETRIES = 2;
    private static final int MOST_RETRIES = 10;

    /** @throws FormException if anything in it is wrong; says what */
    static GeneralSettings bind(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            WholeNumber.requireAll(json, BuilderFarmConfiguration.NUMBERS);
            // What is absent was deleted: the last row of a list, the tick of an optional part.
            return new GeneralSettings(
                    Named.ruleSets(Binding.bindAll(req, SharedRules.class, json.opt("ruleSets"))),
                    canonical(Lines.of(json.optString("controllerUrls"))),
                    version(json.optString("minimumBuildlet")),
                    Binding.bindAll(req, Releases.class, json.opt("releases")).stream()
                            .findFirst()
                            .orElse(null),
                    JobPatterns.checked(Lines.of(json.optString("reviewedJobs"))),
                    Named.templates(Binding.bindAll(req, PipelineTemplate.class, json.opt("pipelineTemplates"))),
                    json.optString("jobFolder").trim(),
                    retries(json.optInt("retries", DEFAULT_RETRIES)));
        } catch (IllegalArgumentException e) {
            throw new FormException("Builder Farm: " + e.getMessage(), e, "minimumBuildlet");
        }
    }

    /** @throws IllegalArgumentException if one can't be a controller's URL */
    static List<String> canonical(List<String> urls) {
        List<String> canonical = new ArrayList<>();
        Lines.clean(urls).forEach(url -> canonical.add(ControllerUrl.parse(url).toString()));
        return canonical;
    }

    /** @throws IllegalArgumentException if it is neither empty nor a version */
    static String version(String text) {
        String version = Util.fixNull(text).trim();
        return version.isEmpty() ? "" : new Version(version).value();
    }

    /** @throws IllegalArgumentException if it is negative or large */
    static int retries(int retries) {
        return WholeNumber.upTo(MOST_RETRIES, "retries", retries);
    }
}
