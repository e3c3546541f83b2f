package io.jenkins.plugins.builderfarm.cloud;

import java.util.Locale;

/** Makes labels of what Java says of a machine's platform, in the words that builders' names use. Stateless. */
final class PlatformLabels {
    private PlatformLabels() {}

    /** {@code Linux} gives {@code linux}, {@code Mac OS X} {@code darwin}, {@code Windows 11} {@code windows}. */
    static String os(String osName) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return "windows";
        }
        if (os.startsWith("mac os") || os.startsWith("darwin")) {
            return "darwin";
        }
        if (os.startsWith("sunos")) {
            return "solaris";
        }
        return word(os);
    }

    /** {@code x86_64} gives {@code amd64}, {@code aarch64} {@code arm64}; others stay. */
    static String arch(String osArch) {
        String arch = osArch.toLowerCase(Locale.ROOT);
        return switch (arch) {
            case "x86_64", "x64" -> "amd64";
            case "aarch64" -> "arm64";
            case "x86", "i386", "i586", "i686" -> "386";
            default -> word(arch);
        };
    }

    /** Fit for a label whatever a machine says: a machine's word must not become part of an expression. */
    private static String word(String text) {
        String word = text.replaceAll("[^a-z0-9_.]+", "-").replaceAll("^-+|-+$", "");
        return word.isEmpty() ? "unknown" : word;
    }
}
