package io.jenkins.plugins.builderfarm.pages;

import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.Releases;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** What a machine's owner types to let it dial in: nothing secret, the builder key is in a file of its own. */
final class ConnectCommand {
    private ConnectCommand() {}

    static String of(String hostType) {
        Releases releases = BuilderFarmConfiguration.get().getReleases();
        List<String> words = new ArrayList<>(List.of("java", "-jar", releases == null ? "buildlet.jar" : "stage0.jar"));
        words.addAll(List.of("-coordinator", controller(), "-reverse-type", hostType));
        if (releases != null) {
            words.addAll(List.of("-bucket", releases.getBucket()));
            releases.getKeys().forEach(key -> words.addAll(List.of("-release-key", key)));
            if (!releases.getEndpoint().equals(Releases.DEFAULT_ENDPOINT)) {
                words.addAll(List.of("-endpoint", releases.getEndpoint()));
            }
        }
        return String.join(" ", words);
    }

    /** The first URL that a machine may dial, or words in capitals where there is none. */
    private static String controller() {
        String url = Jenkins.get().getRootUrl();
        try {
            return ControllerUrl.parse(url).toString();
        } catch (IllegalArgumentException e) {
            return BuilderFarmConfiguration.get().getControllerUrls().stream()
                    .findFirst()
                    .orElse("HTTPS_URL_OF_THIS_JENKINS");
        }
    }
}
