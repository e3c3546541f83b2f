package io.jenkins.plugins.builderfarm.stage0.network;

import io.jenkins.plugins.builderfarm.stage0.Explain;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Who this machine is to its proxy. {@code toString} doesn't show the password. */
public record ProxyLogin(String user, String password) {
    private static final int LARGEST = 4096;

    /** The part of a URL before the {@code @}, where what is special is written with percent signs. */
    static ProxyLogin ofUserInfo(String raw) {
        int colon = raw.indexOf(':');
        return new ProxyLogin(
                decode(colon < 0 ? raw : raw.substring(0, colon)), colon < 0 ? "" : decode(raw.substring(colon + 1)));
    }

    private static String decode(String raw) {
        // A plus sign is itself there; URLDecoder is made for forms.
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * One line, {@code USER:PASSWORD}, as it is.
     *
     * @throws IllegalArgumentException if there is no such line; the message names the file, not what is in it
     */
    static ProxyLogin read(Path file) {
        List<String> lines;
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(file + " is too large to hold USER:PASSWORD");
            }
            lines = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " can't be read: " + Explain.of(e), e);
        }
        int colon = lines.size() == 1 ? lines.get(0).indexOf(':') : -1;
        if (colon <= 0) {
            throw new IllegalArgumentException(file + " does not hold one line USER:PASSWORD");
        }
        return new ProxyLogin(lines.get(0).substring(0, colon), lines.get(0).substring(colon + 1));
    }

    @Override
    public String toString() {
        return user;
    }
}
