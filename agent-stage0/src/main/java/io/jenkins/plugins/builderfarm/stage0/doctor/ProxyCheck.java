package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which proxies this machine goes by, and whether they answer the telephone. Their passwords are none of its business. */
record ProxyCheck(ProxySelector selector, List<URI> targets) implements Check {
    /** What helps where the proxy doesn't know this machine. */
    static final String PASSWORD_REMEDY = "put USER:PASSWORD into the file that -proxy-auth-file names, or mend it";

    private static final int TIMEOUT_MILLIS = 10_000;

    @Override
    public String name() {
        return "proxy";
    }

    @Override
    public Finding run() {
        Set<String> found = new LinkedHashSet<>();
        Set<InetSocketAddress> proxies = new LinkedHashSet<>();
        for (URI target : targets) {
            Proxies.between(selector, target).ifPresent(proxy -> {
                proxies.add(proxy);
                found.add(target.getHost() + " by way of " + text(proxy));
            });
        }
        if (proxies.isEmpty()) {
            return Finding.ok("none, direct connections");
        }
        String text = found.stream().collect(Collectors.joining(", "));
        for (InetSocketAddress proxy : proxies) {
            try (Socket socket = new Socket()) {
                // Resolved here: a selector's addresses mostly aren't.
                socket.connect(new InetSocketAddress(proxy.getHostString(), proxy.getPort()), TIMEOUT_MILLIS);
            } catch (IOException e) {
                return Finding.fail(
                        text + ", but " + text(proxy) + " can't be reached: " + NetworkErrors.explain(e),
                        "mend the proxy's address: -proxy, or else Java's own property https.proxyHost, or else $https_proxy");
            }
        }
        return Finding.ok(text);
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
