package io.jenkins.plugins.builderfarm.coordinator.admission;

import io.jenkins.plugins.builderfarm.coordinator.config.Bounds;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Counts the strangers that are being heard, in all and by address. Guarded by the farm's lock. */
final class Places {
    private static final Pattern LOOPBACK = Pattern.compile("127\\..*|::1|0:0:0:0:0:0:0:1|localhost");

    private final Bounds bounds;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int taken;

    Places(Bounds bounds) {
        this.bounds = bounds;
    }

    /** @return whether there was a place; give it back once */
    boolean take(String address) {
        boolean exempt = bounds.exemptLoopback() && LOOPBACK.matcher(address).matches();
        if (taken >= bounds.unproved()
                || !exempt && byAddress.getOrDefault(address, 0) >= bounds.unprovedPerAddress()) {
            return false;
        }
        taken++;
        byAddress.merge(address, 1, Integer::sum);
        return true;
    }

    void giveBack(String address) {
        taken--;
        byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    int taken() {
        return taken;
    }
}
