package io.jenkins.plugins.builderfarm.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Somebody who can be asked about machines of a host type. Configured through a setter, never changed afterwards. */
public final class Owner implements Describable<Owner> {
    /** Enough to see that it is no name: what really is an address only its mail server knows. */
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;]+@[^\\s@<>,;]+");

    private final String name;
    private final String email;
    private List<String> users = new ArrayList<>();

    /**
     * @param email how to reach them; may be empty
     * @throws IllegalArgumentException if there is no name, or the e-mail address can't be one
     */
    @DataBoundConstructor
    public Owner(String name, String email) {
        this.name = checkName(Util.fixNull(name).trim());
        this.email = checkEmail(Util.fixNull(email).trim());
    }

    private static String checkName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an owner has a name");
        }
        return name;
    }

    private static String checkEmail(String email) {
        if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
            throw new IllegalArgumentException("'" + email + "' is not an e-mail address");
        }
        return email;
    }

    public String getName() {
        return name;
    }

    public String getEmail() {
        return email;
    }

    /** The ids of this owner's users of Jenkins, who may see and drain the machines; may be empty. */
    public List<String> getUsers() {
        return Collections.unmodifiableList(users);
    }

    @DataBoundSetter
    public void setUsers(List<String> users) {
        this.users = Lines.clean(users);
    }

    /** {@code Ada <ada@example.org>}. */
    public String contact() {
        return email.isEmpty() ? name : name + " <" + email + ">";
    }

    /** XStream skips the constructor: an older file's gaps get the defaults, and what is refused elsewhere is here too. */
    private Object readResolve() {
        Owner read = new Owner(name, email);
        read.setUsers(users);
        return read;
    }

    @Extension
    @Symbol("owner")
    public static final class DescriptorImpl extends Descriptor<Owner> {
        @Override
        public String getDisplayName() {
            return "Owner";
        }

        @Override
        public Owner newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            return super.newInstance(req, Lines.split(formData, "users"));
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return Check.that(value, Owner::checkName);
        }

        @POST
        public FormValidation doCheckEmail(@QueryParameter String value) {
            return Check.that(value, Owner::checkEmail);
        }
    }
}
