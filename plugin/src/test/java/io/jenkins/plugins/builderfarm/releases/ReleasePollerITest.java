package io.jenkins.plugins.builderfarm.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.ExtensionList;
import hudson.cli.CLICommandInvoker;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.Releases;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Against a server that answers as a bucket does, or as it shouldn't. */
@WithJenkins
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReleasePollerITest {
    private static final SigningKey TRUSTED = SigningKey.generate(new SecureRandom());
    private static final SigningKey STRANGER = SigningKey.generate(new SecureRandom());

    private final AtomicInteger notModified = new AtomicInteger();
    private JenkinsRule r; // asked for once: the harness starts a Jenkins for each parameter of that type
    private HttpServer bucket;
    private volatile int status = 200;
    private volatile String envelope = "";

    @BeforeEach
    void start(JenkinsRule started) throws IOException {
        r = started;
        bucket = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bucket.createContext("/storage/v1/b/farm/o/releases%2Fbuildlet.json", this::answer);
        bucket.createContext("/", this::answer);
        bucket.start();
        Releases releases =
                new Releases("gs://farm/releases", List.of(TRUSTED.publicKey().toString()));
        releases.setEndpoint("http://127.0.0.1:" + bucket.getAddress().getPort());
        BuilderFarmConfiguration.get().setReleases(releases);
    }

    @AfterEach
    void stop() {
        bucket.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String etag = "\"" + Sha256.of(envelope.getBytes(StandardCharsets.UTF_8)) + "\"";
        byte[] body = envelope.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            if (status == 200 && etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                notModified.incrementAndGet();
                exchange.sendResponseHeaders(304, -1);
            } else {
                exchange.getResponseHeaders().set("ETag", etag);
                exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static String manifest(long serial, String stable, SigningKey signer) {
        Version version = new Version(stable);
        Sha256 digest = Sha256.of(stable.getBytes(StandardCharsets.UTF_8));
        Release release = new Release(version, "buildlet/" + digest + ".jar", digest, 1, 17, Instant.EPOCH);
        Manifest manifest = new Manifest(
                serial,
                Instant.EPOCH,
                Optional.empty(),
                List.of(release),
                Map.of(Manifest.STABLE, version),
                Map.of(),
                List.of(),
                Map.of());
        return SignedManifest.sign(manifest, List.of(signer));
    }

    private static String known() {
        return ReleasePoller.get()
                .manifest()
                .map(manifest -> manifest.serial() + " " + manifest.channels().get(Manifest.STABLE))
                .orElse("none");
    }

    private void refuse(String message) {
        assertThatThrownBy(() -> ReleasePoller.get().check())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gs://farm/releases")
                .hasMessageContaining(message);
        assertThat(ReleasePoller.get().problem().orElseThrow()).contains(message);
        assertThat(ExtensionList.lookupSingleton(ReleaseNotice.class).isActivated())
                .isTrue();
    }

    @Test
    void shouldKnowTheNewestAndAskConditionally() throws Exception {
        envelope = manifest(1, "1.0", TRUSTED);
        assertThat(ReleasePoller.get().check()).isEqualTo("New: serial 1, stable is 1.0");
        assertThat(ReleasePoller.get().check()).isEqualTo("Nothing new: serial 1, stable is 1.0");
        assertThat(notModified).hasValue(1);

        envelope = manifest(2, "1.1", TRUSTED);
        assertThat(ReleasePoller.get().check()).isEqualTo("New: serial 2, stable is 1.1");
        assertThat(known()).isEqualTo("2 1.1");
    }

    @Test
    void shouldKeepWhatItKnowsWhateverGoesWrong() throws Exception {
        envelope = manifest(5, "1.5", TRUSTED);
        ReleasePoller.get().check();

        envelope = manifest(4, "1.4", TRUSTED);
        refuse("serial 4, which is older than the known one's 5");
        envelope = manifest(6, "6.6", STRANGER);
        refuse("no valid signature by a trusted key");
        envelope = "<html>captive portal</html>";
        refuse("manifest");
        envelope = "";
        refuse("manifest");
        status = 404;
        refuse("status 404");
        status = 503;
        refuse("status 503");
        bucket.stop(0);
        refuse("");
        assertThat(known()).isEqualTo("5 1.5");
    }

    @Test
    void shouldTellWhenAllIsWellAgain() throws Exception {
        status = 500;
        refuse("status 500");
        status = 200;
        envelope = manifest(1, "1.0", TRUSTED);
        ReleasePoller.get().check();

        assertThat(ReleasePoller.get().problem()).isEmpty();
        assertThat(ExtensionList.lookupSingleton(ReleaseNotice.class).isActivated())
                .isFalse();
    }

    @Test
    void shouldNotForgetTheSerialAcrossARestart() throws Exception {
        envelope = manifest(5, "1.5", TRUSTED);
        ReleasePoller.get().check();
        envelope = manifest(4, "1.4", TRUSTED);

        ReleasePoller afterRestart = new ReleasePoller();
        assertThatThrownBy(afterRestart::check).hasMessageContaining("older than the known one's 5");
        assertThat(afterRestart.manifest().orElseThrow().serial()).isEqualTo(5);
    }

    @Test
    void shouldCheckOnCommandForAdministratorsOnly() throws Exception {
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
        envelope = manifest(1, "1.0", TRUSTED);
        CLICommandInvoker command = new CLICommandInvoker(r, "builder-farm-check-releases");

        CLICommandInvoker.Result done = command.asUser("admin").invoke();
        assertThat(done.returnCode()).isZero();
        assertThat(done.stdout()).isEqualToIgnoringNewLines("New: serial 1, stable is 1.0");

        assertThat(command.asUser("reader").invoke().returnCode()).isEqualTo(6);

        status = 500;
        CLICommandInvoker.Result failed = command.asUser("admin").invoke();
        assertThat(failed.returnCode()).isEqualTo(5);
        assertThat(failed.stderr()).contains("status 500").doesNotContain("\tat ");
    }
}
