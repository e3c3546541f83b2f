package io.jenkins.plugins.builderfarm.protocol.name;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The controller's root URL in one canonical spelling, since both ends mix it into their proofs.
 *
 * <p>Plain HTTP is refused except on loopback: over it, a stranger on the path could take over the connection after
 * the handshake.
 */
public record ControllerUrl(URI uri) {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(::1|0:0:0:0:0:0:0:1)\\]");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int LAST_PORT = 65_535;

    public ControllerUrl {
        uri = canonical(uri);
    }

    /**
     * @param text a URL, or a bare {@code host[:port][/path]} as the Go farm's flags had it, which means HTTPS
     * @throws IllegalArgumentException if it can't be a controller's URL; the message says why
     */
    public static ControllerUrl parse(String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("the controller's URL is missing");
        }
        String url = text.strip();
        try {
            return new ControllerUrl(new URI(url.contains("://") ? url : "https://" + url));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "controller URL " + Names.quote(withoutUserInfo(text)) + " is not a URL: " + e.getReason());
        }
    }

    private static URI canonical(URI uri) {
        String shown = "controller URL " + Names.quote(withoutUserInfo(uri.toString()));
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException(shown + " is neither https nor http");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(shown + " names no host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(shown + " must have no user, query or fragment");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (scheme.equals("http") && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException(shown + " is plain http; only https is accepted, except on loopback");
        }
        if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            throw new IllegalArgumentException(shown + " has a port that is not between 1 and " + LAST_PORT);
        }
        int standard = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        String port = uri.getPort() < 0 || uri.getPort() == standard ? "" : ":" + uri.getPort();
        String path = uri.normalize().getRawPath();
        return URI.create(scheme + "://" + host + port + (path.endsWith("/") ? path : path + "/"));
    }

    /** Errors are logged, and somebody may have put a password there. */
    private static String withoutUserInfo(String text) {
        return text.substring(text.lastIndexOf('@') + 1);
    }

    /** The address of a path below the root, given without a leading slash. */
    public URI resolve(String path) {
        return uri.resolve(path);
    }

    /** The WebSocket address of the control connection. */
    public URI reverse() {
        return URI.create("ws" + resolve("reverse").toString().substring("http".length()));
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
