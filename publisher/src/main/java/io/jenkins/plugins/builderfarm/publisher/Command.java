package io.jenkins.plugins.builderfarm.publisher;

import static io.jenkins.plugins.builderfarm.publisher.Flag.ANONYMOUS;
import static io.jenkins.plugins.builderfarm.publisher.Flag.BUCKET;
import static io.jenkins.plugins.builderfarm.publisher.Flag.CHANNEL;
import static io.jenkins.plugins.builderfarm.publisher.Flag.DRY_RUN;
import static io.jenkins.plugins.builderfarm.publisher.Flag.ENDPOINT;
import static io.jenkins.plugins.builderfarm.publisher.Flag.EXPIRES;
import static io.jenkins.plugins.builderfarm.publisher.Flag.HELP;
import static io.jenkins.plugins.builderfarm.publisher.Flag.HOST_TYPE;
import static io.jenkins.plugins.builderfarm.publisher.Flag.JAR;
import static io.jenkins.plugins.builderfarm.publisher.Flag.MIN_JAVA;
import static io.jenkins.plugins.builderfarm.publisher.Flag.NEW_CHANNEL;
import static io.jenkins.plugins.builderfarm.publisher.Flag.OUT;
import static io.jenkins.plugins.builderfarm.publisher.Flag.PERCENT;
import static io.jenkins.plugins.builderfarm.publisher.Flag.RELEASE_KEY;
import static io.jenkins.plugins.builderfarm.publisher.Flag.RELEASE_VERSION;
import static io.jenkins.plugins.builderfarm.publisher.Flag.RETRIES;
import static io.jenkins.plugins.builderfarm.publisher.Flag.SERIAL;
import static io.jenkins.plugins.builderfarm.publisher.Flag.SIGNING_KEY_FILE;
import static io.jenkins.plugins.builderfarm.publisher.Flag.TO;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Every command there is, the words and flags it takes, and what the help says of it. */
enum Command {
    NEW_KEY("", "make a key that signs manifests, and print its public half", List.of(), OUT),
    INIT(
            "",
            "publish a bucket's first release, which channel stable then points at",
            Group.CHANGE,
            JAR,
            RELEASE_VERSION,
            MIN_JAVA,
            SERIAL),
    PUBLISH(
            "",
            "publish a release; with --channel promote it at once",
            Group.CHANGE,
            JAR,
            RELEASE_VERSION,
            MIN_JAVA,
            CHANNEL,
            NEW_CHANNEL,
            PERCENT,
            HOST_TYPE),
    PROMOTE(
            "VERSION",
            "point a channel at a release, or roll it out to some of its machines",
            Group.CHANGE,
            CHANNEL,
            NEW_CHANNEL,
            PERCENT,
            HOST_TYPE),
    ROLLBACK("", "stop a channel's roll-out, or point the channel where it pointed before", Group.CHANGE, CHANNEL, TO),
    PIN("VERSION", "give host types this release, whatever the channels say", Group.CHANGE, HOST_TYPE),
    UNPIN("", "let pinned host types follow channel stable again", Group.CHANGE, HOST_TYPE),
    FOLLOW("CHANNEL", "let host types follow this channel", Group.CHANGE, HOST_TYPE),
    PUBLISH_STAGE0(
            "", "put stage0.jar where machines' owners fetch it: PREFIX/stage0.jar", Group.UNSIGNED, JAR, DRY_RUN),
    RENEW("", "sign the manifest anew, with other keys or another expiry", Group.CHANGE),
    STATUS("", "show what the bucket holds and who gets what", Group.READ, Flag.JSON);

    private static final class Group {
        static final List<Flag> READ = List.of(BUCKET, ENDPOINT, ANONYMOUS, SIGNING_KEY_FILE, RELEASE_KEY, RETRIES);
        static final List<Flag> UNSIGNED = List.of(BUCKET, ENDPOINT, ANONYMOUS, RETRIES);
        static final List<Flag> CHANGE =
                List.of(BUCKET, ENDPOINT, ANONYMOUS, SIGNING_KEY_FILE, RELEASE_KEY, RETRIES, EXPIRES, DRY_RUN);
    }

    private final String word;
    private final String help;
    private final Set<Flag> flags;

    Command(String word, String help, List<Flag> group, Flag... own) {
        this.word = word;
        this.help = help;
        this.flags = EnumSet.of(HELP, own);
        this.flags.addAll(group);
    }

    static Optional<Command> named(String name) {
        return Arrays.stream(values())
                .filter(command -> command.toString().equals(name))
                .findFirst();
    }

    Set<Flag> flags() {
        return flags;
    }

    /** What its one word is called; empty if it takes none. */
    String word() {
        return word;
    }

    boolean changes() {
        return flags.contains(DRY_RUN);
    }

    /** Its line in the help of all. */
    String describe() {
        return String.format(Locale.ROOT, "  %-18s %s%n", this + (word.isEmpty() ? "" : " " + word), help);
    }

    /** Its own help. */
    String usage() {
        StringBuilder text = new StringBuilder("usage: java -jar publisher.jar " + this
                + (word.isEmpty() ? "" : " " + word) + " [flags]" + System.lineSeparator() + System.lineSeparator()
                + help
                + System.lineSeparator() + System.lineSeparator());
        Arrays.stream(Flag.values()).filter(flags::contains).map(Flag::describe).forEach(text::append);
        return text.toString();
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
