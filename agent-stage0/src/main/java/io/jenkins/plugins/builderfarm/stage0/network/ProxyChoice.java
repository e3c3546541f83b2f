package io.jenkins.plugins.builderfarm.stage0.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * What somebody said about a proxy.
 *
 * @param address of the proxy; empty for none
 * @param login the user and password that came with it
 */
public record ProxyChoice(Optional<Address> address, Optional<ProxyLogin> login) {
    private static final String DIRECT = "direct";
    private static final int STANDARD_PORT = 80;
    private static final int LAST_PORT = 65_535;

    /** Where a proxy listens. */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * A flag's value, which everybody on the machine can see.
     *
     * @throws IllegalArgumentException if it is neither {@code http://HOST:PORT} nor {@code direct}, or has a password
     */
    public static ProxyChoice parse(String text) {
        if (text.equals(DIRECT)) {
            return new ProxyChoice(Optional.empty(), Optional.empty());
        }
        ProxyChoice choice = url(text);
        if (choice.login.isPresent()) {
            throw new IllegalArgumentException(
                    "a user and a password don't belong on a command line, which everybody on"
                            + " this machine can read; put them into a file and name it with -proxy-auth-file");
        }
        return choice;
    }

    /**
     * An environment variable's value.
     *
     * @throws IllegalArgumentException if it is no {@code http://[USER:PASSWORD@]HOST[:PORT]}; the message doesn't repeat it
     */
    static ProxyChoice url(String text) {
        URI uri;
        try {
            uri = new URI(text.contains("://") ? text : "http://" + text);
        } catch (URISyntaxException e) {
            // Neither the message nor the cause: there may be a password in them.
            throw new IllegalArgumentException("not of the form http://HOST:PORT (" + e.getReason() + ")");
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("a proxy is spoken to by http://, not " + uri.getScheme() + "://");
        }
        boolean path = uri.getRawPath() != null && !uri.getRawPath().matches("/?");
        if (uri.getHost() == null || path || uri.getRawQuery() != null || uri.getPort() > LAST_PORT) {
            throw new IllegalArgumentException("not of the form http://HOST:PORT");
        }
        return new ProxyChoice(
                Optional.of(new Address(uri.getHost(), uri.getPort() < 0 ? STANDARD_PORT : uri.getPort())),
                Optional.ofNullable(uri.getRawUserInfo()).map(ProxyLogin::ofUserInfo));
    }
}
