package io.jenkins.plugins.builderfarm.stage0.network;

import io.jenkins.plugins.builderfarm.stage0.Log;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * By which way the servers are reached. It is told to Java itself, so that the fetch, the buildlet and the agent in it all
 * go that way.
 *
 * @param proxy for https; empty: none, or what Java's own properties say
 * @param login for the proxy
 * @param loginSource from where a process of ours can read the login again
 * @param nonProxyHosts whom to reach directly, in Java's way of writing
 * @param caFile certificates to be trusted besides Java's own
 */
public record Network(
        Optional<ProxyChoice.Address> proxy,
        Optional<ProxyLogin> login,
        Optional<String> loginSource,
        String nonProxyHosts,
        Optional<Path> caFile) {
    private static final List<String> PROXY_VARIABLES = List.of("https_proxy", "HTTPS_PROXY");
    private static final List<String> NO_PROXY_VARIABLES = List.of("no_proxy", "NO_PROXY");
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    /**
     * What flags and environment say together; flags first, then Java's own properties, then the environment.
     *
     * @param javaKnows whether this Java was started with a proxy of its own
     * @throws IllegalArgumentException if something is wrong; the message names the flag or variable
     */
    public static Network of(
            Optional<ProxyChoice> flag,
            Optional<Path> loginFile,
            Optional<List<String>> noProxy,
            Optional<Path> caFile,
            Map<String, String> environment,
            boolean javaKnows) {
        Optional<String> variable =
                flag.isPresent() || javaKnows ? Optional.empty() : first(environment, PROXY_VARIABLES);
        Optional<ProxyChoice> choice = flag.or(() -> variable.map(name -> named(name, environment)));
        Optional<ProxyLogin> fromFile = loginFile.map(Network::readLogin);
        Optional<ProxyLogin> login = fromFile.or(() -> choice.flatMap(ProxyChoice::login));
        Optional<ProxyChoice.Address> address = choice.flatMap(ProxyChoice::address);
        if (loginFile.isPresent() && address.isEmpty()) {
            throw new IllegalArgumentException("flag -proxy-auth-file makes sense with a proxy only: neither -proxy nor"
                    + " https_proxy names one");
        }
        return new Network(
                address,
                login,
                login.map(unused -> loginFile.map(Path::toString).orElseGet(variable::orElseThrow)),
                NoProxy.property(noProxy.orElseGet(() -> direct(environment))),
                caFile);
    }

    private static Optional<String> first(Map<String, String> environment, List<String> names) {
        return names.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst();
    }

    private static ProxyChoice named(String variable, Map<String, String> environment) {
        try {
            return ProxyChoice.url(environment.get(variable).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("environment variable " + variable + ": " + e.getMessage(), e);
        }
    }

    private static ProxyLogin readLogin(Path file) {
        try {
            return ProxyLogin.read(file);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("flag -proxy-auth-file: " + e.getMessage(), e);
        }
    }

    private static List<String> direct(Map<String, String> environment) {
        Optional<String> variable = first(environment, NO_PROXY_VARIABLES);
        try {
            return variable.map(environment::get).map(NoProxy::split).orElse(List.of());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "environment variable " + variable.orElseThrow() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Tells it to this Java. To be called before anything has spoken to a server.
     *
     * @param trustStore the file to put the trusted certificates into, if some are to be added
     * @throws IOException if the certificates can't be read or kept
     */
    public void apply(Path trustStore, Log log) throws IOException {
        if (proxy.isPresent()) {
            System.setProperty("https.proxyHost", proxy.get().host());
            System.setProperty("https.proxyPort", Integer.toString(proxy.get().port()));
            System.setProperty("http.nonProxyHosts", nonProxyHosts);
        }
        if (loginSource.isPresent()) {
            // Java keeps Basic from proxies that carry TLS unless told otherwise, and they know little else.
            System.setProperty(ProxyPassword.SCHEMES_PROPERTY, "");
            System.setProperty(ProxyPassword.SOURCE_PROPERTY, loginSource.get());
            ProxyPassword.install(login.orElseThrow());
            warnOfReaders(log);
        }
        if (caFile.isPresent()) {
            TrustStore.write(caFile.get(), trustStore);
            System.setProperty("javax.net.ssl.trustStore", trustStore.toString());
            System.setProperty("javax.net.ssl.trustStoreType", TrustStore.TYPE);
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    private void warnOfReaders(Log log) throws IOException {
        Path file = Path.of(loginSource.orElseThrow());
        if (Files.isRegularFile(file)
                && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            log.say("warning: " + file + " holds a password and can be read by others; chmod 600 mends that");
        }
    }
}
