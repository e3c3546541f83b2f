package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The configuration of WinSW, the wrapper with which Java programs commonly become Windows services (Jenkins itself
 * does). It takes an exit code of 0 for the wish to stop, so stage0 runs its own loop.
 */
final class WinSwXml implements ServiceFormat {
    @Override
    public String write(Service service) {
        List<String> words =
                new ArrayList<>(service.command().subList(1, service.command().size()));
        words.add("-loop");
        String arguments = words.stream().map(Quote::windows).collect(Collectors.joining(" "));
        refuseVariables(arguments);
        refuseVariables(service.command().get(0));
        refuseVariables(service.home());
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- %1$s: lends this machine to a farm, one build after the other.
                     Written by "stage0 install-service"; no secret is in it.
                     Java can't be a Windows service by itself: get WinSW 2.12 or newer (github.com/winsw/winsw), name its
                     program %1$s.exe, put it beside this file, and as an administrator:
                       %1$s.exe install
                       icacls "%2$s" /grant "NT SERVICE\\%1$s:(OI)(CI)M"
                       %1$s.exe start
                     The builder key goes into "%2$s\\.gobuildkey-HOST_TYPE".%3$s -->
                <service>
                  <id>%1$s</id>
                  <name>%1$s</name>
                  <description>Builder Farm machine</description>
                  <executable>%4$s</executable>
                  <arguments>%5$s</arguments>
                  <workingdirectory>%6$s</workingdirectory>
                %7$s  <!-- A user of its own, which Windows makes and which has no password. -->
                  <serviceaccount>
                    <username>NT SERVICE\\%1$s</username>
                  </serviceaccount>
                  <startmode>Automatic</startmode>
                  <delayedAutoStart>true</delayedAutoStart>
                  <depend>Tcpip</depend>
                  <!-- The loop ends for a reboot alone; should the Java machine itself fail, it is started again. -->
                  <onfailure action="restart" delay="%8$d sec"/>
                  <resetfailure>1 hour</resetfailure>
                  <priority>BelowNormal</priority>
                  <stoptimeout>30 sec</stoptimeout>
                  <log mode="roll-by-size">
                    <sizeThreshold>1024</sizeThreshold>
                    <keepFiles>5</keepFiles>
                  </log>
                </service>
                """.formatted(
                        service.name(),
                        Quote.xmlComment(service.home()),
                        service.reboot() ? reboot(service) : "",
                        Quote.xml(service.command().get(0)),
                        Quote.xml(arguments),
                        Quote.xml(service.home()),
                        environment(service),
                        Service.RESTART_SECONDS);
    }

    /** WinSW expands {@code %NAME%} everywhere, and knows no way to write a plain one. */
    private static void refuseVariables(String text) {
        if (text.indexOf('%') != text.lastIndexOf('%')) {
            throw new IllegalArgumentException(
                    "WinSW would take what is between two % for an environment variable: " + text);
        }
    }

    private static String reboot(Service service) {
        return "\n     -reboot wants the right \"Shut down the system\" for NT SERVICE\\" + service.name()
                + " (secpol.msc, Local Policies, User Rights Assignment).";
    }

    private static String environment(Service service) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(service.environment()).forEach((key, value) -> {
            refuseVariables(value);
            lines.append("  <env name=\"")
                    .append(Quote.xml(key))
                    .append("\" value=\"")
                    .append(Quote.xml(value))
                    .append("\"/>\n");
        });
        return lines.toString();
    }
}
