package io.jenkins.plugins.builderfarm.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import java.net.URI;
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

/** The bucket that the machines' stage0 downloads buildlets from, so that the controller knows of a newer one too. */
public final class Releases implements Describable<Releases> {
    /** Google Cloud Storage itself. */
    public static final String DEFAULT_ENDPOINT = "https://storage.googleapis.com/";

    private static final Pattern BUCKET = Pattern.compile("gs://([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(/[^?#\\s]*)?");

    private final String bucket;
    private final List<String> keys;
    private String endpoint = DEFAULT_ENDPOINT;

    /**
     * @param bucket {@code gs://BUCKET/PREFIX}
     * @param keys the printed public keys, one of which must have signed the manifest
     */
    @DataBoundConstructor
    public Releases(String bucket, List<String> keys) {
        this.bucket = checkBucket(Util.fixNull(bucket).trim());
        this.keys = checkKeys(Lines.clean(keys));
    }

    private static String checkBucket(String bucket) {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("'" + bucket + "' is not of the form gs://BUCKET/PREFIX");
        }
        return bucket;
    }

    private static List<String> checkKeys(List<String> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the bucket's releases need at least one release key");
        }
        keys.forEach(ReleaseKey::parse);
        return keys;
    }

    private static String checkEndpoint(String url) {
        if (url.isEmpty()) {
            return DEFAULT_ENDPOINT;
        }
        URI uri = URI.create(url);
        if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
            throw new IllegalArgumentException("'" + url + "' is neither an https nor an http address");
        }
        return url.endsWith("/") ? url : url + "/";
    }

    /** XStream skips the constructor: an older file's gaps get the defaults, and what is refused elsewhere is here too. */
    private Object readResolve() {
        Releases read = new Releases(bucket, keys);
        read.setEndpoint(endpoint);
        return read;
    }

    public String getBucket() {
        return bucket;
    }

    public List<String> getKeys() {
        return Collections.unmodifiableList(keys);
    }

    /** The storage API's root URL, with a slash at the end. */
    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = checkEndpoint(Util.fixNull(endpoint).trim());
    }

    @Extension
    @Symbol("releases")
    public static final class DescriptorImpl extends Descriptor<Releases> {
        @Override
        public String getDisplayName() {
            return "Buildlet releases";
        }

        /** For the form. */
        public String getDefaultEndpoint() {
            return DEFAULT_ENDPOINT;
        }

        @Override
        public Releases newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            return super.newInstance(req, Lines.split(formData, "keys"));
        }

        @POST
        public FormValidation doCheckBucket(@QueryParameter String value) {
            return Check.that(value, Releases::checkBucket);
        }

        @POST
        public FormValidation doCheckKeys(@QueryParameter String value) {
            return Check.that(value, keys -> checkKeys(Lines.of(keys)));
        }

        @POST
        public FormValidation doCheckEndpoint(@QueryParameter String value) {
            return Check.thatIfAny(value, Releases::checkEndpoint);
        }
    }
}
