package io.jenkins.plugins.builderfarm.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.builderfarm.history.ItemChange;
import io.jenkins.plugins.builderfarm.history.Transfer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Option;

/** {@code builder-farm-import}: says what a YAML file would change, and with {@code --apply} changes it. */
@Extension
public final class ImportCommand extends CLICommand {
    private static final int LONGEST = 20_000_000;

    @Option(name = "--apply", usage = "change it; without, only what would change is printed")
    private boolean apply;

    @Override
    public String getName() {
        return "builder-farm-import";
    }

    @Override
    public String getShortDescription() {
        return "Takes over the farm's configuration from YAML on the standard input, all of it or nothing.";
    }

    @Override
    protected int run() throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        byte[] input = stdin.readNBytes(LONGEST + 1);
        if (input.length > LONGEST) {
            throw new IllegalArgumentException("the standard input has more than " + LONGEST + " bytes");
        }
        String yaml = new String(input, StandardCharsets.UTF_8);
        Transfer.Preview preview = Transfer.preview(yaml);
        for (ItemChange change : preview.changes()) {
            stdout.println(change.getItem() + " " + (apply ? "" : "would be ") + change.getKindName());
            change.diff().forEach(line -> stdout.println("    " + line));
        }
        preview.warnings().forEach(warning -> stdout.println("Warning: " + warning));
        if (apply) {
            Transfer.apply(yaml);
        }
        return 0;
    }
}
