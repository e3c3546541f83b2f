package io.jenkins.plugins.builderfarm.cli;

import hudson.AbortException;
import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.builderfarm.keys.KeyTransfer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Option;

/**
 * {@code builder-farm-master-key}: moves the farm's master key to another controller. The passphrase comes on the first
 * line of the standard input, where no list of processes shows it.
 */
@Extension
public final class MasterKeyCommand extends CLICommand {
    private static final int LONGEST_INPUT = 10_000_000;

    @Option(name = "--export", forbids = "--import", usage = "print the master key, sealed with the passphrase")
    private boolean exporting;

    @Option(
            name = "--import",
            forbids = "--export",
            usage = "replace this controller's master key by the one that follows the passphrase on the standard input")
    private boolean importing;

    @Option(name = "--confirm", usage = "really do it; without, only what would be done is said")
    private boolean confirmed;

    @Override
    public String getName() {
        return "builder-farm-master-key";
    }

    @Override
    public String getShortDescription() {
        return "Moves the farm's master key to another controller; reads the passphrase from the standard input.";
    }

    @Override
    protected int run() throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (exporting == importing) {
            throw new IllegalArgumentException("say either --export or --import");
        }
        if (exporting && !confirmed) {
            throw new AbortException(
                    "Whoever has the exported master key and its passphrase can make every builder key of"
                            + " this farm. Nothing was exported; repeat with --confirm.");
        }
        BufferedReader input = new BufferedReader(new InputStreamReader(stdin, StandardCharsets.UTF_8));
        String passphrase = input.readLine();
        if (passphrase == null || passphrase.isEmpty()) {
            throw new IllegalArgumentException("the first line of the standard input has to be the passphrase");
        }
        if (exporting) {
            stdout.println(KeyTransfer.get().export(passphrase.toCharArray()));
            return 0;
        }
        String sealed = rest(input);
        if (!confirmed) {
            String preview = KeyTransfer.get().preview(sealed, passphrase.toCharArray());
            throw new AbortException(preview + " Nothing was changed; repeat with --confirm.");
        }
        KeyTransfer.get().apply(sealed, passphrase.toCharArray());
        return 0;
    }

    private static String rest(BufferedReader input) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[8192];
        for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
            text.append(buffer, 0, read);
            if (text.length() > LONGEST_INPUT) {
                throw new IllegalArgumentException("the standard input is too long for an exported master key");
            }
        }
        return text.toString();
    }
}
