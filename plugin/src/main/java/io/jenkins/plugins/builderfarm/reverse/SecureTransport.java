package io.jenkins.plugins.builderfarm.reverse;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Whether a request came over HTTPS, or never left this computer. A reverse proxy that ends TLS says so the way Jenkins
 * wants it said anyway. Stateless.
 */
final class SecureTransport {
    /** Literals only, so that no name is ever looked up. */
    private static final Pattern LITERAL = Pattern.compile("\\[?[0-9a-fA-F:.]+(%[0-9A-Za-z]+)?\\]?");

    private SecureTransport() {}

    static boolean of(HttpServletRequest request) {
        return request.isSecure()
                || "https".equalsIgnoreCase(firstForwarded(request.getHeader("X-Forwarded-Proto")))
                || isLoopback(request.getRemoteAddr());
    }

    /** Of a chain of proxies the outermost, as {@code Jenkins.getRootUrlFromRequest} takes it. */
    private static String firstForwarded(String header) {
        if (header == null) {
            return "";
        }
        int comma = header.indexOf(',');
        return (comma < 0 ? header : header.substring(0, comma)).trim();
    }

    static boolean isLoopback(String address) {
        if (address == null || !LITERAL.matcher(address).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
