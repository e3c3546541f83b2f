package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Which proxy stands between this machine and a server, by what this Java was told. Stateless. */
final class Proxies {
    private Proxies() {}

    static Optional<InetSocketAddress> between(ProxySelector selector, URI uri) {
        List<Proxy> proxies = selector == null ? List.of() : selector.select(uri);
        return proxies.stream()
                .map(Proxy::address)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .findFirst();
    }
}
