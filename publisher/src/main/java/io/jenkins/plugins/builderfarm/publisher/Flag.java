package io.jenkins.plugins.builderfarm.publisher;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every flag there is, and what the help says of it. */
enum Flag {
    BUCKET("gs://BUCKET[/PREFIX]", "the folder that holds the manifest and the jars"),
    ENDPOINT("URL", "another server that speaks Cloud Storage's API (default: Google's)"),
    ANONYMOUS(null, "send no credentials (default: Google's application-default credentials)"),
    SIGNING_KEY_FILE(
            "FILE", "a key that signs, as new-key wrote it; several sign all (also: $BUILDER_FARM_SIGNING_KEY)"),
    RELEASE_KEY("ed25519:...", "one more public key whose signature on the bucket's manifest is trusted; repeatable"),
    JAR("FILE", "the jar: the buildlet's, or stage0's"),
    RELEASE_VERSION("V", "the release's version (default: the jar's Implementation-Version)"),
    MIN_JAVA("N", "the oldest Java that runs it (default: what its classes were compiled for)"),
    SERIAL("N", "the first manifest's serial (default: 1); above the last one where a manifest was lost"),
    CHANNEL("C", "the channel: stable, which machines follow unless told otherwise, or another"),
    NEW_CHANNEL(null, "make the channel if it isn't there"),
    PERCENT("N", "to this share of the channel's machines only, 0 to 100"),
    HOST_TYPE("T", "to machines of this host type only; repeatable"),
    TO("V", "go back to this release (default: the one before)"),
    EXPIRES("TIME", "when machines begin to warn that nobody renewed the manifest: 90d, 12h, 2027-01-31, or never"),
    RETRIES("N", "how often to try again what failed in the network or the bucket (default: 5)"),
    DRY_RUN(null, "say what would change and change nothing"),
    JSON(null, "as JSON, for programs"),
    OUT("FILE", "the file to write; it must not be there yet"),
    HELP(null, "this text");

    private final String placeholder;
    private final String help;

    Flag(String placeholder, String help) {
        this.placeholder = placeholder;
        this.help = help;
    }

    static Optional<Flag> named(String name) {
        return Arrays.stream(values())
                .filter(flag -> flag.toString().equals("--" + name))
                .findFirst();
    }

    boolean hasValue() {
        return placeholder != null;
    }

    boolean repeatable() {
        return this == SIGNING_KEY_FILE || this == RELEASE_KEY || this == HOST_TYPE;
    }

    /** Its line in the help. */
    String describe() {
        String left = toString() + (hasValue() ? " " + placeholder : "");
        return String.format(Locale.ROOT, "  %-30s %s%n", left, help);
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
