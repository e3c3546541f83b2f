package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whether a server's certificate is believed here, for this host, and for how long yet.
 *
 * @param name the check's own
 * @param flag that names the server
 */
record CertificateCheck(String name, URI server, String flag, X509ExtendedTrustManager trust, InstantSource clock)
        implements Check {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration SOON = Duration.ofDays(7);

    @Override
    public Finding run() throws GeneralSecurityException {
        if (!"https".equals(server.getScheme())) {
            return Finding.skip("plain http, which has none");
        }
        RecordingTrust recording = new RecordingTrust(trust);
        String failure = connect(recording);
        if (recording.shown().isEmpty()) {
            return Finding.skip("no certificate was seen: " + failure);
        }
        X509Certificate certificate = recording.shown().get();
        if (recording.distrusted().isPresent()) {
            return distrusted(certificate, recording.distrusted().get());
        }
        if (recording.otherHost().isPresent()) {
            return Finding.fail(
                    "the certificate is " + names(certificate) + "'s, not " + server.getHost() + "'s",
                    "compare " + flag + " with what the farm's administrators gave you");
        }
        if (!failure.isEmpty()) {
            return Finding.fail("the certificate is right, and yet TLS fails: " + failure, "tell the administrators");
        }
        Duration left =
                Duration.between(clock.instant(), certificate.getNotAfter().toInstant());
        String found = "valid for " + server.getHost() + ", " + left.toDays() + " days left";
        return left.compareTo(SOON) < 0
                ? Finding.warn(found, "tell the farm's administrators to renew it")
                : Finding.ok(found);
    }

    /** Why there was no connection; empty if there was one. */
    private String connect(RecordingTrust recording) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {recording}, null);
        HttpsURLConnection connection = null;
        try {
            connection = (HttpsURLConnection) server.toURL().openConnection();
            connection.setSSLSocketFactory(context.getSocketFactory());
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.connect();
            return "";
        } catch (IOException e) {
            return NetworkErrors.explain(e);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private Finding distrusted(X509Certificate certificate, CertificateException why) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        Instant now = clock.instant();
        if (now.isBefore(from) || now.isAfter(until)) {
            return Finding.fail(
                    "the certificate is valid from " + from + " to " + until + ", and it is " + now,
                    "set this machine's clock if that is wrong, else tell the farm's administrators");
        }
        String issuer = certificate.getIssuerX500Principal().getName();
        boolean known = cause(why) != null;
        return Finding.fail(
                known
                        ? "the certificate is not believed: " + cause(why)
                        : "the certificate was issued by " + issuer + ", whom this Java doesn't know",
                "if that is the farm's own authority or your proxy's, name its certificate with -ca-file; if not, somebody may"
                        + " be listening in");
    }

    /** What is wrong with the chain, unless it simply ends nowhere. */
    private static String cause(CertificateException why) {
        for (Throwable e = why; e != null; e = e.getCause()) {
            if (e instanceof CertPathValidatorException) {
                return e.getMessage();
            }
        }
        return null;
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                return names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.joining(", "));
            }
        } catch (CertificateParsingException e) {
            return certificate.getSubjectX500Principal().getName();
        }
        return certificate.getSubjectX500Principal().getName();
    }
}
