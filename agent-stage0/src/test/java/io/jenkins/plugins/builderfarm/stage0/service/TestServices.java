package io.jenkins.plugins.builderfarm.stage0.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services to be defined. */
final class TestServices {
    /** What some format or other takes for something else than itself. */
    static final List<String> NASTY = List.of(
            "a b",
            "  two  blanks ",
            "it's",
            "'",
            "say \"hi\"",
            "\"",
            "100%",
            "%h%n%%",
            "$HOME ${HOME} $$ $(id) `id`",
            "back\\slash\\",
            "\\\"",
            "a\\\\",
            "<a href=\"x\">&amp;</a>",
            "]]>",
            "-->",
            "*",
            "~/x",
            ";",
            "#!",
            "&& true || false | cat > /tmp/x",
            "!{a,b}[c]?",
            "größe",
            "--");

    static final String LOG = "/home/builder/farm's \"log\"";

    /** Without what WinSW can't express. */
    static final List<String> NASTY_ON_WINDOWS =
            NASTY.stream().filter(word -> word.indexOf('%') < 0).toList();

    private TestServices() {}

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static Service of(List<String> arguments) {
        return of(arguments, false);
    }

    static Service of(List<String> arguments, boolean reboot) {
        List<String> command = new ArrayList<>(List.of(java().toString(), "-jar", "/opt/builder farm/stage0.jar"));
        command.addAll(arguments);
        return new Service(
                "builder-farm",
                "builder",
                "/home/builder",
                command,
                Map.of("BUILDER_KEY_PATH", "/etc/farm's \"key\""),
                List.of("/opt/builder farm/stage0.jar", "/home/other/release-keys"),
                List.of("/srv/work space"),
                Optional.of(LOG),
                reboot,
                Optional.empty(),
                Optional.of("150%"));
    }

    /** The environment's word of a command behind {@code env}, and the command. */
    static List<String> behindEnv(Service service) {
        List<String> words = new ArrayList<>(List.of("/usr/bin/env", "BUILDER_KEY_PATH=/etc/farm's \"key\""));
        words.addAll(service.command());
        return words;
    }
}
