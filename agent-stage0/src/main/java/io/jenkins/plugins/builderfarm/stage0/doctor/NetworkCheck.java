package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Whether the names of those that this machine talks to can be resolved. */
record NetworkCheck(List<String> hosts) implements Check {
    @Override
    public String name() {
        return "network";
    }

    @Override
    public Finding run() {
        List<String> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String host : hosts) {
            try {
                known.add(host + " is " + InetAddress.getByName(host).getHostAddress());
            } catch (UnknownHostException e) {
                unknown.add(host);
            }
        }
        if (!unknown.isEmpty()) {
            return Finding.fail(
                    "no address for " + String.join(" and ", unknown),
                    "look at the spelling, the cable, and the system's name server");
        }
        return Finding.ok(String.join(", ", known));
    }
}
