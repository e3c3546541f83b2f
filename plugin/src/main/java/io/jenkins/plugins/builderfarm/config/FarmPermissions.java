package io.jenkins.plugins.builderfarm.config;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;

/**
 * Who may do what with the farm. Each is implied by a right of Jenkins's own, so that nobody has to grant anything for
 * the farm to be as open, or as closed, as the Jenkins around it. None of the farm's implies another one: who looks
 * after the configuration need not be who hands out keys.
 */
public final class FarmPermissions {
    public static final PermissionGroup GROUP =
            new PermissionGroup(FarmPermissions.class, Messages._FarmPermissions_Title());

    /** To see builders, host types and machines. */
    public static final Permission SEE = permission("See", Messages._FarmPermissions_See(), Jenkins.READ);

    /** To be shown builder keys: to bring new machines in. */
    public static final Permission SEE_KEYS =
            permission("SeeKeys", Messages._FarmPermissions_SeeKeys(), Jenkins.ADMINISTER);

    /** To change host types, builders and keys' generations, and what machines do. */
    public static final Permission ADMINISTER =
            permission("Administer", Messages._FarmPermissions_Administer(), Jenkins.ADMINISTER);

    private FarmPermissions() {}

    private static Permission permission(String name, Localizable description, Permission impliedBy) {
        return new Permission(GROUP, name, description, impliedBy, PermissionScope.JENKINS);
    }

    /** Jenkins must know the permissions before it reads who has which: this class is loaded early for that. */
    @SuppressFBWarnings(
            value = "RV_RETURN_VALUE_IGNORED_NO_SIDE_EFFECT",
            justification = "what matters is that the class is initialised; without a use a compiler might drop that")
    @Initializer(before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void register() {
        Objects.hash(SEE, SEE_KEYS, ADMINISTER);
    }

    /** Whether the caller may see what is for administrators' eyes and not secret: settings, addresses, refusals. */
    public static boolean maySeeSettings() {
        return Jenkins.get().hasAnyPermission(Jenkins.SYSTEM_READ, ADMINISTER);
    }

    /** @throws org.springframework.security.access.AccessDeniedException unless {@link #maySeeSettings} */
    public static void checkMaySeeSettings() {
        Jenkins.get().checkAnyPermission(Jenkins.SYSTEM_READ, ADMINISTER);
    }

    /** Whether the caller may change the farm. */
    public static boolean mayAdminister() {
        return Jenkins.get().hasPermission(ADMINISTER);
    }

    /** Whether the caller may take the host type's machines out of work and back, and see why one was refused. */
    public static boolean mayControl(HostType type) {
        return mayAdminister() || Owners.isCaller(type);
    }

    /** @throws org.springframework.security.access.AccessDeniedException unless {@link #mayControl} */
    public static void checkMayControl(HostType type) {
        if (!mayControl(type)) {
            Jenkins.get().checkPermission(ADMINISTER);
        }
    }

    /** Whether the caller may be shown builder keys. */
    public static boolean maySeeKeys() {
        return Jenkins.get().hasPermission(SEE_KEYS);
    }
}
