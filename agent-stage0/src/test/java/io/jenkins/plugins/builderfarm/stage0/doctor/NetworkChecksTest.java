package io.jenkins.plugins.builderfarm.stage0.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks that talk to a controller, against one on a socket. */
@Timeout(60)
final class NetworkChecksTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1/");

    private TestSite site;

    @BeforeEach
    void begin() throws Exception {
        site = new TestSite();
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    private WebSite web() {
        return new WebSite(URI.create("http://127.0.0.1:" + site.port() + "/"), InstantSource.system());
    }

    private Finding reverse() throws Exception {
        return new ReverseCheck(URI.create("ws://127.0.0.1:" + site.port() + "/reverse")).run();
    }

    @ParameterizedTest(name = "HTTP {0}")
    @CsvSource({"200,OK", "403,OK", "404,OK", "503,WARN", "502,FAIL", "500,FAIL", "407,FAIL"})
    void shouldJudgeTheControllersAnswer(int status, Level level) {
        site.answering(status);
        Finding finding = new ControllerCheck(web()).run();
        assertThat(finding.level()).as(finding.found()).isEqualTo(level);
        assertThat(finding.found()).contains("HTTP " + status);
    }

    @Test
    void shouldSayThatTheControllerIsDown() {
        Finding finding = new ControllerCheck(new WebSite(NOBODY, InstantSource.system())).run();
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.found()).startsWith("http://127.0.0.1:1/ can't be reached: Connection refused");
    }

    @Test
    void shouldKnowAFarm() throws Exception {
        Finding finding = reverse();
        assertThat(finding.level()).as(finding.found()).isEqualTo(Level.OK);
        assertThat(site.received()).startsWith("GET /reverse ").doesNotContainIgnoringCase("authorization");
    }

    @ParameterizedTest(name = "upgrade answered by {0}")
    @CsvSource({
        "503,WARN,is busy or starting",
        "403,FAIL,forbids",
        "404,FAIL,answers HTTP 404",
        "200,FAIL,answers HTTP 200"
    })
    void shouldJudgeTheAnswerToTheUpgrade(int status, Level level, String message) throws Exception {
        site.upgrading(status);
        Finding finding = reverse();
        assertThat(finding.level()).as(finding.found()).isEqualTo(level);
        assertThat(finding.found()).contains(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"hello\"} | opens with something else than a challenge",
                "hello world         | opens with something else than a challenge",
                "{\"type\":\"challenge\",\"oldest\":2,\"newest\":3,\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}"
                        + " | speaks versions 2 to 3 of the protocol",
            })
    void shouldJudgeTheFirstMessage(String message, String found) throws Exception {
        site.opening(message);
        Finding finding = reverse();
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.found()).contains(found);
    }

    @Test
    void shouldSayThatReverseIsDown() throws Exception {
        site.close();
        assertThat(reverse().found()).contains("can't be reached by WebSocket");
    }

    @ParameterizedTest(name = "server {0} s ahead")
    @CsvSource({
        "0,OK,is ",
        "30,OK,s behind 127.0.0.1",
        "7200,WARN,s behind 127.0.0.1",
        "-7200,WARN,s ahead of 127.0.0.1"
    })
    void shouldCompareClocks(long seconds, Level level, String message) {
        site.ahead(Duration.ofSeconds(seconds));
        Finding finding = new ClockCheck(List.of(new WebSite(NOBODY, InstantSource.system()), web())).run();
        assertThat(finding.level()).as(finding.found()).isEqualTo(level);
        assertThat(finding.found()).startsWith("this machine's clock ").contains(message);
    }

    @Test
    void shouldNotJudgeTheClockWithoutAServer() {
        assertThat(new ClockCheck(List.of(new WebSite(NOBODY, InstantSource.system())))
                        .run()
                        .level())
                .isEqualTo(Level.SKIP);
    }

    @Test
    void shouldNameTheHostThatHasNoAddress() {
        assertThat(new NetworkCheck(List.of("127.0.0.1")).run()).isEqualTo(Finding.ok("127.0.0.1 is 127.0.0.1"));
        Finding finding = new NetworkCheck(List.of("127.0.0.1", "farm.invalid")).run();
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.found()).isEqualTo("no address for farm.invalid");
    }

    @Test
    void shouldTryTheProxies() throws Exception {
        URI farm = URI.create("https://farm.example/");
        assertThat(new ProxyCheck(selector(null), List.of(farm)).run())
                .isEqualTo(Finding.ok("none, direct connections"));
        try (ServerSocket proxy = new ServerSocket(0)) {
            ProxyCheck check = new ProxyCheck(
                    selector(InetSocketAddress.createUnresolved("127.0.0.1", proxy.getLocalPort())), List.of(farm));
            assertThat(check.run()).isEqualTo(Finding.ok("farm.example by way of 127.0.0.1:" + proxy.getLocalPort()));
        }
        Finding down =
                new ProxyCheck(selector(InetSocketAddress.createUnresolved("127.0.0.1", 1)), List.of(farm)).run();
        assertThat(down.level()).isEqualTo(Level.FAIL);
        assertThat(down.found()).contains("127.0.0.1:1 can't be reached: Connection refused");
    }

    private static ProxySelector selector(InetSocketAddress proxy) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(proxy == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        };
    }
}
