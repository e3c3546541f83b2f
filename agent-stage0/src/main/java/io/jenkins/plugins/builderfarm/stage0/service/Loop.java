package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.ArrayList;
import java.util.List;

/** What restarts where the system has no supervisor, or one that gives up: a shell. Stateless. */
final class Loop {
    /** Ended, it ends what it started and waits for it. Nothing of the command is part of the script. */
    private static final String SCRIPT =
            "trap 'kill $c; wait $c; exit 0' TERM INT HUP; while :; do \"$@\" & c=$!; wait $c; sleep "
                    + Service.RESTART_SECONDS + " & c=$!; wait $c; done";

    private Loop() {}

    /** What its process can be found by. */
    static String mark(Service service) {
        return service.name() + "-loop";
    }

    /** The words that run the service's command again and again. */
    static List<String> around(Service service) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, mark(service)));
        words.addAll(service.commandWithEnvironment());
        return words;
    }
}
