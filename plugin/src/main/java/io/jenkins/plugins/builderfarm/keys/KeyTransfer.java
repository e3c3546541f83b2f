package io.jenkins.plugins.builderfarm.keys;

import hudson.Extension;
import hudson.ExtensionList;
import java.io.IOException;
import java.io.UncheckedIOException;
import jenkins.model.Jenkins;

/**
 * Moves the master key to another controller, so that machines need no new keys. Whoever has it can make every builder
 * key of the farm: Jenkins's administrators alone may do this. Thread-safe.
 */
@Extension
public final class KeyTransfer {
    public static KeyTransfer get() {
        return ExtensionList.lookupSingleton(KeyTransfer.class);
    }

    /**
     * The master key and the record of generations, sealed with the passphrase.
     *
     * @throws IllegalArgumentException if the passphrase is too short
     * @throws IllegalStateException if there is a {@link BuilderKeys#problem}
     */
    public String export(char[] passphrase) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            return SealedText.seal(BuilderKeys.get().movable().toJson(), passphrase);
        } catch (IOException e) {
            throw new UncheckedIOException("the master key could not be read", e);
        }
    }

    /**
     * What {@link #apply} would do, for people; changes nothing.
     *
     * @throws IllegalArgumentException if the passphrase isn't the one, or the text is none of {@link #export}'s
     */
    public String preview(String sealed, char[] passphrase) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        MovedKeys moved = MovedKeys.parse(SealedText.open(sealed, passphrase));
        return "The master key would be replaced. Builder keys that this controller gave out so far become worthless, those of"
                + " the other controller are valid here; " + moved.hostTypes().size()
                + " host types come with generations that were started or revoked there.";
    }

    /**
     * Takes over what another controller exported, in the place of this controller's own keys.
     *
     * @throws IllegalArgumentException if the passphrase isn't the one, or the text is none of {@link #export}'s
     */
    public void apply(String sealed, char[] passphrase) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        BuilderKeys.get().replaceBy(MovedKeys.parse(SealedText.open(sealed, passphrase)));
    }
}
