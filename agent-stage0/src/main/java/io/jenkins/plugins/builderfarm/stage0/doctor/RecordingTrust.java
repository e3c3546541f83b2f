package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts whom another trust manager trusts, and remembers what it was shown, so that people can be told what was wrong
 * with it. For one connection; not thread-safe.
 */
final class RecordingTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private Optional<X509Certificate> shown = Optional.empty();
    private Optional<CertificateException> distrusted = Optional.empty();
    private Optional<CertificateException> otherHost = Optional.empty();

    RecordingTrust(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    /** The server's own certificate. */
    Optional<X509Certificate> shown() {
        return shown;
    }

    /** Why it is not believed, whoever shows it. */
    Optional<CertificateException> distrusted() {
        return distrusted;
    }

    /** Why it is not the dialled host's, though it is believed. */
    Optional<CertificateException> otherHost() {
        return otherHost;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        shown = Optional.of(chain[0]);
        try {
            judge.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            distrusted = Optional.of(e);
            throw e;
        }
        try {
            // With the socket the host's name is looked at too.
            judge.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            otherHost = Optional.of(e);
            throw e;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
