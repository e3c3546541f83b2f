package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Application-default credentials, with a token server of the test's own. */
@Timeout(300)
final class CredentialsITest {
    @TempDir
    private Path directory;

    private final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    private TestFarm farm;
    private TestMachine machine;
    private HttpServer tokens;

    @BeforeEach
    void begin() throws Exception {
        farm = new TestFarm();
        farm.publish(TestRelease.of("1.3", TestRelease.WELL));
        machine = new TestMachine(directory, farm);
        tokens = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tokens.createContext("/token", exchange -> {
            tokenRequests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{\"access_token\":\"s3cret\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        tokens.start();
    }

    @AfterEach
    void end() throws Exception {
        tokens.stop(0);
        farm.close();
    }

    @Test
    void shouldAskForATokenThatMayOnlyRead() throws Exception {
        TestMachine.Run run = run(serviceAccount(), "https://127.0.0.1:1");

        assertThat(run.code()).isEqualTo(8);
        assertThat(run.log()).contains("Connection refused").doesNotContain("s3cret");
        assertThat(tokenRequests).isNotEmpty();
        String claims = tokenRequests.get(0).replaceAll(".*assertion=[^.]*\\.([^.]*)\\..*", "$1");
        assertThat(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
                .contains("https://www.googleapis.com/auth/devstorage.read_only", "machine@farm.example");
    }

    @Test
    void shouldSendNoTokenOverPlainHttp() throws Exception {
        TestMachine.Run run = run(serviceAccount(), farm.server().endpoint().toString());
        assertThat(run.code()).as(run.log()).isZero();
        assertThat(tokenRequests).isEmpty();
        assertThat(farm.server().requests()).isNotEmpty().allSatisfy(request -> assertThat(
                        request.header("Authorization"))
                .isNull());
    }

    @Test
    void shouldSayWhatIsWrongWithTheCredentials() throws Exception {
        Path missing = directory.resolve("none.json");
        assertThat(run(missing, "https://127.0.0.1:1").log())
                .contains("the application-default credentials can't be used: ", missing.toString());
        Path rubbish = Files.writeString(directory.resolve("rubbish.json"), "{\"private_key\":\"s3cret\"}");
        assertThat(run(rubbish, "https://127.0.0.1:1").log())
                .contains("the application-default credentials can't be used: ", rubbish.toString())
                .doesNotContain("s3cret");
    }

    private TestMachine.Run run(Path credentials, String endpoint) throws Exception {
        List<String> flags = new ArrayList<>(List.of(
                "-coordinator=http://127.0.0.1:1/",
                "-reverse-type=" + TestMachine.HOST_TYPE,
                "-hostname=board1",
                "-workdir=" + machine.work(),
                "-state=" + machine.state(),
                "-bucket=gs://" + TestFarm.BUCKET + "/" + TestFarm.PREFIX,
                "-endpoint=" + endpoint,
                "-fetch-seconds=60",
                "-release-key=" + farm.key()));
        return machine.finish(machine.exec(Map.of("GOOGLE_APPLICATION_CREDENTIALS", credentials.toString()), flags));
    }

    private Path serviceAccount() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String pem = Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return Files.writeString(directory.resolve("key.json"), """
                {
                  "type": "service_account",
                  "project_id": "farm",
                  "private_key_id": "1",
                  "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
                  "client_email": "machine@farm.example",
                  "client_id": "1",
                  "token_uri": "http://127.0.0.1:%d/token"
                }
                """.formatted(
                        pem, tokens.getAddress().getPort()));
    }
}
