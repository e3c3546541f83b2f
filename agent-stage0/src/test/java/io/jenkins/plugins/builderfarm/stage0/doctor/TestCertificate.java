package io.jenkins.plugins.builderfarm.stage0.doctor;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** A key and a certificate that it signed itself, made by the JDK's keytool; the store serves for both ends. */
public record TestCertificate(Path store) {
    public static final String PASSWORD = "changeit";

    /** @param more flags of keytool: {@code -ext san=dns:localhost -validity 90} */
    public static TestCertificate make(Path store, String more) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(("-J-XX:TieredStopAtLevel=1 -genkeypair -alias farm -keyalg EC"
                        + " -storetype PKCS12 -storepass " + PASSWORD + " " + more)
                .split(" ")));
        if (!more.contains("-dname")) {
            command.addAll(List.of("-dname", "CN=test-farm"));
        }
        command.addAll(List.of("-keystore", store.toString()));
        Path log = store.resolveSibling(store.getFileName() + ".log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool failed: " + Files.readString(log));
        }
        return new TestCertificate(store);
    }

    private KeyStore load() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** For a server that shows it. */
    public ServerSocketFactory server() throws Exception {
        return context().getServerSocketFactory();
    }

    /** For a server that shows it. */
    public SSLContext context() throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** As owners get it. */
    public String pem() throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(load().getCertificate("farm").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** Trusts it and nothing else. */
    public X509ExtendedTrustManager trust() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(load());
        return Stream.of(factory.getTrustManagers())
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
