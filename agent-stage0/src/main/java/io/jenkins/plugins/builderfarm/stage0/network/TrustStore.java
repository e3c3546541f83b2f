package io.jenkins.plugins.builderfarm.stage0.network;

import io.jenkins.plugins.builderfarm.stage0.Explain;
import io.jenkins.plugins.builderfarm.stage0.state.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificates that Java trusts and an owner's own, in one file, which every part of Java can be pointed at. Stateless. */
final class TrustStore {
    /** Of the types that every Java has, the one that can be read without a password. */
    static final String TYPE = "JKS";

    private TrustStore() {}

    /**
     * Makes or replaces the file.
     *
     * @throws IOException if the PEM file holds no certificates, or one of the files can't be used; the message names it
     */
    static void write(Path pem, Path target) throws IOException {
        Collection<? extends Certificate> own = read(pem);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : javas()) {
                store.setCertificateEntry("java-" + number++, certificate);
            }
            for (Certificate certificate : own) {
                store.setCertificateEntry("own-" + number++, certificate);
            }
            // Nothing in it is secret, and nobody checks this: who may write to the directory decides what runs anyway.
            store.store(bytes, new char[0]);
        } catch (GeneralSecurityException e) {
            throw new IOException("Java's trusted certificates can't be read: " + e.getMessage(), e);
        }
        try {
            AtomicFile.write(target, bytes.toByteArray());
        } catch (IOException e) {
            // A disk that has become read-only keeps what an earlier start put there.
            if (!Files.isReadable(target)) {
                throw new IOException("the trusted certificates can't be kept: " + Explain.of(e), e);
            }
        }
    }

    private static Collection<? extends Certificate> read(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException(pem + " holds no certificate");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IOException(pem + " holds no certificates that can be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw e.getMessage() != null && e.getMessage().startsWith(pem + " holds")
                    ? e
                    : new IOException(pem + " can't be read: " + Explain.of(e), e);
        }
    }

    private static Certificate[] javas() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new Certificate[0];
    }
}
