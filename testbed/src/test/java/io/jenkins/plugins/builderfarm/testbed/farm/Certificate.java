package io.jenkins.plugins.builderfarm.testbed.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.ManagedProcess;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** A self-signed certificate for 127.0.0.1, with its key; whoever is given {@link #trust} trusts it and no other. */
final class Certificate {
    private static final String PASSWORD = "changeit";
    private static final String MAKE = "-genkeypair -alias farm -keyalg EC -ext san=ip:127.0.0.1"
            + " -storetype PKCS12 -storepass " + PASSWORD + " -keystore";

    private final Path store;

    private Certificate(Path store) {
        this.store = store;
    }

    static Certificate make(Path store) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(MAKE.split(" ")));
        // A name of its own each: one of the same name with another key is refused for another reason.
        command.addAll(List.of(store.toString(), "-dname", "CN=" + store.getFileName()));
        try (ManagedProcess keytool =
                ManagedProcess.start(command, Map.of(), store.toAbsolutePath().getParent(), new Lines())) {
            int code = keytool.awaitExit(Duration.ofSeconds(60));
            assertThat(code).as(keytool.lines().all().toString()).isZero();
        }
        return new Certificate(store);
    }

    /** JVM flags of a machine. */
    List<String> trust() {
        return List.of("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    /** Makes sockets for a server that shows it. */
    SSLSocketFactory server() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context.getSocketFactory();
    }
}
