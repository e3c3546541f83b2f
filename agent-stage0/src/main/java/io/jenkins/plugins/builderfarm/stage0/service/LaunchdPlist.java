package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.TreeMap;
import java.util.stream.Collectors;

/** A property list for macOS's launchd, as a daemon. */
final class LaunchdPlist implements ServiceFormat {
    static final String LABEL = "io.jenkins.plugins.";

    @Override
    public String write(Service service) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                <!-- %1$s: lends this machine to a farm, one build after the other.
                     Written by "stage0 install-service"; no secret is in it.
                     Start it: launchctl bootstrap system /Library/LaunchDaemons/%2$s%1$s.plist%3$s%5$s -->
                <plist version="1.0">
                <dict>
                  <key>Label</key>
                  <string>%2$s%1$s</string>
                  <key>UserName</key>
                  <string>%4$s</string>
                  <key>WorkingDirectory</key>
                  <string>%6$s</string>
                  <key>EnvironmentVariables</key>
                  <dict>
                %7$s  </dict>
                  <key>ProgramArguments</key>
                  <array>
                %8$s
                  </array>
                  <key>RunAtLoad</key>
                  <true/>
                  <key>KeepAlive</key>
                  <true/>
                  <key>ThrottleInterval</key>
                  <integer>%9$d</integer>
                  <key>ExitTimeOut</key>
                  <integer>30</integer>
                  <key>AbandonProcessGroup</key>
                  <false/>
                  <key>Nice</key>
                  <integer>5</integer>
                  <key>Umask</key>
                  <integer>63</integer>
                  <key>StandardOutPath</key>
                  <string>/dev/null</string>
                  <key>StandardErrorPath</key>
                  <string>/dev/null</string>
                </dict>
                </plist>
                """.formatted(
                service.name(),
                LABEL,
                service.log().map(LaunchdPlist::log).orElse(""),
                service.user(),
                service.reboot() ? reboot(service) : "",
                Quote.xml(service.home()),
                environment(service),
                service.log().map(log -> LastWords.of(service.command(), log)).orElse(service.command()).stream()
                        .map(word -> "    <string>" + Quote.xml(word) + "</string>")
                        .collect(Collectors.joining("\n")),
                Service.RESTART_SECONDS);
    }

    private static String log(String file) {
        return "\n     Its log is " + Quote.xmlComment(file) + ", with four older ones beside it, of 1 MB each."
                + "\n     What is said before it is open, and by Java itself, is in "
                + Quote.xmlComment(LastWords.file(file))
                + ",\n     of the latest start alone.";
    }

    private static String reboot(Service service) {
        return "\n     -reboot wants this line in /etc/sudoers.d/" + service.name() + ":\n       " + service.user()
                + " ALL=(root) NOPASSWD: /sbin/shutdown -r now";
    }

    private static String environment(Service service) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(service.environment()).forEach((key, value) -> lines.append("    <key>")
                .append(Quote.xml(key))
                .append("</key>\n    <string>")
                .append(Quote.xml(value))
                .append("</string>\n"));
        return lines.toString();
    }
}
