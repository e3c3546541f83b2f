package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.stage0.Options;
import io.jenkins.plugins.builderfarm.stage0.fetch.FetchRequest;
import io.jenkins.plugins.builderfarm.stage0.fetch.ManifestProbe;
import java.lang.management.ManagementFactory;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which checks this machine gets, in the order in which their findings are best read. Stateless. */
final class Checkup {
    private static final URI GOOGLE = URI.create("https://storage.googleapis.com/");
    private static final Duration LOOK = Duration.ofSeconds(30);

    private Checkup() {}

    static List<Check> of(Options options) {
        InstantSource clock = InstantSource.system();
        URI controller = options.coordinator().uri();
        URI bucket = options.bucket().mirror().or(options::endpoint).orElse(GOOGLE);
        WebSite controllerSite = new WebSite(controller, clock);
        FetchRequest request = options.fetchRequest(false).within(LOOK);
        Releases releases = Releases.once(() -> ManifestProbe.look(request));
        Path state = options.state().path();
        Path work = options.workDirectory();
        return List.of(
                new UserCheck(System.getProperty("user.name", "")),
                new KeyCheck(
                        System.getenv(),
                        Path.of(System.getProperty("user.home")),
                        options.machine().hostType()),
                new CpuCheck(Runtime.getRuntime().availableProcessors()),
                new MemoryCheck(Checkup::memory),
                new StateCheck(state),
                new WorkCheck(work),
                new DiskCheck(work, state, DiskNeed.of(options.buildletFlags())),
                new RunningCheck(options.state().lockFile(), work),
                new NetworkCheck(direct(List.of(controller, bucket))),
                new ProxyCheck(ProxySelector.getDefault(), List.of(controller, bucket)),
                new BucketCheck(options.bucket().toString(), releases, clock),
                new JavaCheck(
                        Runtime.version().feature(),
                        System.getProperty("java.version"),
                        System.getProperty("java.home"),
                        releases),
                new ControllerCheck(controllerSite),
                certificate("certificate", controller, "-coordinator", clock),
                certificate("bucket-cert", bucket, "-bucket", clock),
                new ReverseCheck(options.coordinator().reverse()),
                new ClockCheck(List.of(controllerSite, new WebSite(bucket, clock))));
    }

    /** Behind a proxy it is the proxy that resolves the names. */
    private static List<String> direct(List<URI> targets) {
        ProxySelector selector = ProxySelector.getDefault();
        return targets.stream()
                .flatMap(uri -> Stream.of(Proxies.between(selector, uri)
                        .map(proxy -> proxy.getHostString())
                        .orElse(uri.getHost())))
                .distinct()
                .toList();
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    private static Check certificate(String name, URI server, String flag, InstantSource clock) {
        return new LazyCheck(name, () -> new CertificateCheck(name, server, flag, trust(), clock));
    }

    /** Whom this Java trusts, and by -ca-file its owner. */
    private static X509ExtendedTrustManager trust() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Stream.of(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
