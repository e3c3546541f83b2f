package io.jenkins.plugins.builderfarm.config;

import hudson.Util;
import hudson.util.FormValidation;
import java.util.function.Function;
import jenkins.model.Jenkins;

/** Runs the checks that the values do themselves, so that a form says the same as Configuration as Code. */
final class Check {
    private Check() {}

    /**
     * An error if the function throws {@link IllegalArgumentException}; its message is what the reader sees. If it
     * returns a {@link FormValidation}, that is the answer.
     */
    static FormValidation that(String value, Function<String, ?> make) {
        Jenkins.get().checkPermission(FarmPermissions.ADMINISTER);
        String trimmed = Util.fixNull(value).trim();
        try {
            return make.apply(trimmed) instanceof FormValidation further ? further : FormValidation.ok();
        } catch (NumberFormatException e) {
            return FormValidation.error("'" + trimmed + "' is not a whole number");
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /**
     * The name of an entry: of the right form, and not that of another one.
     *
     * @param original the entry's name so far; empty for a new one
     */
    static FormValidation thatName(Entries<?> entries, String value, String original, Function<String, ?> make) {
        return that(value, name -> {
            make.apply(name);
            if (!name.equals(original) && entries.find(name).isPresent()) {
                throw new IllegalArgumentException(entries.kind() + " " + name + " is there already");
            }
            return FormValidation.ok();
        });
    }

    /** A number of another field, 0 if it is none: that field's own check says so. */
    static int number(String value) {
        try {
            return Integer.parseInt(Util.fixNull(value).trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** As {@link #that}, where nothing at all is fine too. */
    static FormValidation thatIfAny(String value, Function<String, ?> make) {
        return Util.fixEmptyAndTrim(value) == null ? that("", nothing -> nothing) : that(value, make);
    }
}
