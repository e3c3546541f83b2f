package io.jenkins.plugins.builderfarm.stage0.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom to reach directly, translated from {@code no_proxy}'s usual ways of writing to Java's. Stateless. */
public final class NoProxy {
    /** Java's own list, which any other takes the place of. */
    private static final List<String> LOOPBACK = List.of("localhost", "127.*", "[::1]");

    private static final Pattern NAME = Pattern.compile("\\*|(?:\\*?\\.)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.?");
    private static final Pattern PORT = Pattern.compile("(.+?):\\d{1,5}");
    private static final Pattern SUBNET =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");
    private static final int OCTET = 8;

    private NoProxy() {}

    /** @throws IllegalArgumentException if one of the names, parted by commas, can't be one; the message names it */
    public static List<String> split(String text) {
        List<String> names = Arrays.stream(text.split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .toList();
        names.forEach(NoProxy::patterns);
        return names;
    }

    /** The value of {@code http.nonProxyHosts}. */
    static String property(List<String> names) {
        List<String> patterns = new ArrayList<>(LOOPBACK);
        names.forEach(name -> patterns.addAll(patterns(name)));
        return String.join("|", patterns);
    }

    private static List<String> patterns(String given) {
        if (given.startsWith("[") && given.contains("]")) {
            return List.of(given.substring(0, given.indexOf(']') + 1));
        }
        if (given.indexOf(':') != given.lastIndexOf(':')) {
            return List.of("[" + given + "]");
        }
        Matcher port = PORT.matcher(given);
        // Java can't tell ports apart, and who names one port of a host wants it reached directly.
        String name = port.matches() ? port.group(1) : given;
        Matcher subnet = SUBNET.matcher(name);
        if (subnet.matches()) {
            return List.of(subnet(subnet, given));
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + given + "' is no host, domain or network");
        }
        if (name.equals("*")) {
            return List.of("*");
        }
        String bare = name.replaceFirst("^\\*?\\.", "");
        boolean address = bare.matches("[\\d.]+");
        return address ? List.of(bare) : List.of(bare, "*." + bare);
    }

    /** Java has a star at an end for it, so whole octets only. */
    private static String subnet(Matcher subnet, String given) {
        int bits = Integer.parseInt(subnet.group(5));
        int octets = bits / OCTET;
        if (bits % OCTET != 0 || octets < 1 || octets > 4) {
            throw new IllegalArgumentException(
                    "'" + given + "' can't be told to Java: a network ends in /8, /16, /24 or /32");
        }
        StringBuilder pattern = new StringBuilder(subnet.group(1));
        for (int i = 2; i <= octets; i++) {
            pattern.append('.').append(subnet.group(i));
        }
        return octets == 4 ? pattern.toString() : pattern.append(".*").toString();
    }
}
