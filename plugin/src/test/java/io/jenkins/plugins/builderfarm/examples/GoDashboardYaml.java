package io.jenkins.plugins.builderfarm.examples;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes the Go farm as a configuration for the Configuration as Code plugin: {@code docs/examples/go-dashboard.yaml}.
 * What equals the default is left out, so that a reader sees what is particular to each.
 */
final class GoDashboardYaml {
    /** Texts that YAML takes for nothing but text without quotes. */
    private static final Pattern PLAIN =
            Pattern.compile("(?!(?i:true|false|null|yes|no|on|off|y|n)$)[A-Za-z/][\\w./-]*");

    private static final Pattern PLAIN_RULE = Pattern.compile("[a-z][\\w. -]*");

    private final StringBuilder yaml = new StringBuilder();

    private final GoPolicy policy = GoPolicy.read();

    private GoDashboardYaml() {}

    static String write(GoDashboard farm) {
        GoDashboardYaml writer = new GoDashboardYaml();
        writer.yaml.append("""
                # The farm of the Go project as it was in the middle of 2023: 75 host types, 149 builders.
                # Load it with the Configuration as Code plugin. The clouds gce and ec2 are the Go project's: name yours.
                # Made from public facts by GoDashboardYaml, a class among the plugin's tests; edit that, not this.
                unclassified:
                  builderFarm:
                    hostTypes:
                """);
        farm.hostTypes().forEach(writer::host);
        writer.yaml.append("    # Rules that say who builds what: docs/user/policy.md.\n    ruleSets:\n");
        writer.policy.sets().forEach(writer::ruleSet);
        writer.yaml.append("    # A builder without rules has those of the set default.\n    builders:\n");
        farm.builders().forEach(writer::build);
        return writer.yaml.toString();
    }

    private void host(GoDashboard.Host host) {
        yaml.append("    - name: ").append(text(host.name)).append('\n');
        field("platform", host.platform);
        if (host.isReverse()) {
            yaml.append("      source:\n        reversePool:\n");
            yaml.append("          expected: ").append(host.expected).append('\n');
            field("notes", host.projectOwned ? "Machines of the Go project." : "Volunteers' machines.");
        } else {
            yaml.append("      source:\n        cloud:\n");
            yaml.append("          cloud: ").append(text(host.provider)).append('\n');
            yaml.append("          label: ").append(text(host.name)).append('\n');
            field("image", host.image);
            field(
                    "notes",
                    host.kind.equals("vm") ? "A virtual machine for every build." : "A container for every build.");
        }
        // The Go project lets code that nobody reviewed run on machines of its own, never on a volunteer's.
        if (!host.isReverse() || host.projectOwned) {
            field("trust", "ANY");
        }
        flag("hermetic", !host.isReverse() || host.hermetic);
    }

    private void build(GoDashboard.Build build) {
        yaml.append("    - name: ").append(text(build.name)).append('\n');
        field("hostType", build.hostType);
        rules(policy.builders().getOrDefault(build.name, ""));
        flag("tryOnly", build.tryOnly);
        flag("compileOnly", build.compileOnly);
        flag("flakyNetwork", build.flakyNet);
        if (build.knownIssues != null) {
            yaml.append("      knownIssues:\n");
            build.knownIssues.forEach(issue -> yaml.append("      - ")
                    .append(text("https://go.dev/issue/" + issue))
                    .append('\n'));
        }
        if (build.env != null) {
            yaml.append("      environment:\n");
            for (Map.Entry<String, String> variable : build.env.entrySet()) {
                yaml.append("      - name: ").append(text(variable.getKey())).append('\n');
                yaml.append("        value: ").append(text(variable.getValue())).append('\n');
            }
        }
    }

    private void ruleSet(String name, String rules) {
        yaml.append("    - name: ").append(text(name)).append('\n');
        rules(rules);
    }

    private void rules(String rules) {
        List<String> lines = rules.lines().toList();
        if (lines.size() == 1 && PLAIN_RULE.matcher(lines.get(0)).matches()) {
            yaml.append("      rules: ").append(lines.get(0)).append('\n');
        } else if (!lines.isEmpty()) {
            yaml.append("      rules: |\n");
            lines.forEach(line -> yaml.append("        ").append(line).append('\n'));
        }
    }

    private void field(String name, String value) {
        yaml.append("      ").append(name).append(": ").append(text(value)).append('\n');
    }

    private void flag(String name, boolean set) {
        if (set) {
            yaml.append("      ").append(name).append(": true\n");
        }
    }

    private static String text(String value) {
        if (value.contains("${")) {
            throw new IllegalArgumentException("'" + value + "' would be taken for a variable of the file's");
        }
        return PLAIN.matcher(value).matches()
                ? value
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
