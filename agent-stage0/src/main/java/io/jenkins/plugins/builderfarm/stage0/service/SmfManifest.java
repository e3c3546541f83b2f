package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.HashMap;
import java.util.Map;

/**
 * A manifest for the Service Management Facility of illumos and Solaris. SMF puts a service that ends often into
 * maintenance, and stage0 ends after every build, so a shell restarts it.
 */
final class SmfManifest implements ServiceFormat {
    private static final String REBOOT_COMMAND = "BUILDER_REBOOT_COMMAND";

    @Override
    public String write(Service service) {
        // The method is a shell's text, in which SMF expands %-tokens, in an attribute.
        String method = Quote.xml(Quote.shell(Loop.around(rebooting(service))).replace("%", "%%"));
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE service_bundle SYSTEM "/usr/share/lib/xml/dtd/service_bundle.dtd.1">
                <!-- %1$s: lends this machine to a farm, one build after the other.
                     Written by "stage0 install-service"; no secret is in it.
                     Start it: svccfg import /lib/svc/manifest/site/%1$s.xml
                     Its log: svcs -L %1$s%3$s -->
                <service_bundle type="manifest" name="%1$s">
                  <service name="site/%1$s" type="service" version="1">
                    <create_default_instance enabled="true"/>
                    <single_instance/>
                    <dependency name="network" grouping="require_all" restart_on="none" type="service">
                      <service_fmri value="svc:/milestone/multi-user:default"/>
                      <service_fmri value="svc:/milestone/network:default"/>
                    </dependency>
                    <method_context working_directory="%4$s">
                      <method_credential user="%2$s"%5$s/>
                    </method_context>
                    <exec_method type="method" name="start" timeout_seconds="0" exec="%6$s"/>
                    <exec_method type="method" name="stop" timeout_seconds="60" exec=":kill"/>
                    <property_group name="startd" type="framework">
                      <propval name="duration" type="astring" value="child"/>
                      <propval name="ignore_error" type="astring" value="core,signal"/>
                    </property_group>
                    <stability value="Unstable"/>
                    <template>
                      <common_name>
                        <loctext xml:lang="C">Builder Farm machine</loctext>
                      </common_name>
                    </template>
                  </service>
                </service_bundle>
                """.formatted(
                        service.name(),
                        service.user(),
                        service.reboot() ? reboot(service) : "",
                        Quote.xml(service.home().replace("%", "%%")),
                        // No more than any user has, whatever is run; that would keep pfexec from the reboot.
                        service.reboot() ? "" : " privileges=\"basic\" limit_privileges=\"basic\"",
                        method);
    }

    private static Service rebooting(Service service) {
        if (!service.reboot()) {
            return service;
        }
        Map<String, String> environment = new HashMap<>(service.environment());
        environment.putIfAbsent(REBOOT_COMMAND, "pfexec shutdown -y -g0 -i6");
        return new Service(
                service.name(),
                service.user(),
                service.home(),
                service.command(),
                environment,
                service.read(),
                service.written(),
                service.log(),
                true,
                service.memory(),
                service.cpu());
    }

    private static String reboot(Service service) {
        return "\n     -reboot wants the right to: usermod -P 'Maintenance and Repair' " + service.user();
    }
}
