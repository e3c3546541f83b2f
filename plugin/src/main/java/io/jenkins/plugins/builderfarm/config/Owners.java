package io.jenkins.plugins.builderfarm.config;

import hudson.security.ACL;
import java.util.List;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Tells whether a user of Jenkins owns a host type's machines, and so may look after them. Stateless. */
public final class Owners {
    private Owners() {}

    /** Whether the caller is one of the host type's owners; nobody who isn't logged in is. */
    public static boolean isCaller(HostType type) {
        Authentication caller = Jenkins.getAuthentication2();
        IdStrategy ids = Jenkins.get().getSecurityRealm().getUserIdStrategy();
        return !ACL.isAnonymous2(caller) && users(type).stream().anyMatch(id -> ids.equals(id, caller.getName()));
    }

    private static List<String> users(HostType type) {
        return type.getOwners().stream()
                .flatMap(owner -> owner.getUsers().stream())
                .toList();
    }
}
