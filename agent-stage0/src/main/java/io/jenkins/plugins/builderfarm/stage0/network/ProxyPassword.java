package io.jenkins.plugins.builderfarm.stage0.network;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Gives the proxy's password to the proxy, and to nobody else that asks. Between our own processes only the place travels
 * from which it can be read again, since others can see what processes are started with. Stateless.
 */
public final class ProxyPassword {
    /** A file, or the name of an environment variable. */
    public static final String SOURCE_PROPERTY = "builder-farm.proxy-login";
    /** Java's own: the ways to log in that are not used with proxies that carry TLS. */
    public static final String SCHEMES_PROPERTY = "jdk.http.auth.tunneling.disabledSchemes";

    private ProxyPassword() {}

    /**
     * In a process that another one of ours started.
     *
     * @throws IllegalArgumentException if the login can't be read any more
     */
    public static void install(Properties properties, Map<String, String> environment) {
        String source = properties.getProperty(SOURCE_PROPERTY);
        if (source == null) {
            return;
        }
        String variable = environment.get(source);
        install(
                variable == null
                        ? ProxyLogin.read(Path.of(source))
                        : ProxyChoice.url(variable.strip()).login().orElseThrow());
    }

    static void install(ProxyLogin login) {
        String host = System.getProperty("https.proxyHost");
        int port = Integer.getInteger("https.proxyPort", -1);
        Authenticator.setDefault(new Authenticator() {
            private URL last;

            @Override
            protected synchronized PasswordAuthentication getPasswordAuthentication() {
                boolean proxy = getRequestorType() == RequestorType.PROXY
                        && getRequestingHost().equalsIgnoreCase(host)
                        && getRequestingPort() == port;
                // Asked again for the same connection: it was wrong. Java would try it twenty times, and accounts get
                // locked.
                boolean refused = last == getRequestingURL();
                last = getRequestingURL();
                return proxy && !refused
                        ? new PasswordAuthentication(
                                login.user(), login.password().toCharArray())
                        : null;
            }
        });
    }
}
