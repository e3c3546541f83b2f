package io.jenkins.plugins.builderfarm.stage0.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates on real connections. */
@Timeout(120)
final class CertificateCheckTest {
    @TempDir
    private static Path directory;

    private static TestCertificate good;
    private static TestSite site;

    @BeforeAll
    static void begin() throws Exception {
        good = TestCertificate.make(directory.resolve("good.p12"), "-ext san=dns:localhost -validity 90");
        site = new TestSite(good.server());
    }

    @AfterAll
    static void end() throws Exception {
        site.close();
    }

    private static Finding check(String host, TestCertificate trusted, Duration later) throws Exception {
        return check(URI.create("https://" + host + ":" + site.port() + "/"), trusted, later);
    }

    private static Finding check(URI uri, TestCertificate trusted, Duration later) throws Exception {
        InstantSource clock = () -> Instant.now().plus(later);
        return new CertificateCheck("certificate", uri, "-coordinator", trusted.trust(), clock).run();
    }

    @Test
    void shouldCountTheDays() throws Exception {
        assertThat(check("localhost", good, Duration.ZERO)).isEqualTo(Finding.ok("valid for localhost, 89 days left"));
    }

    @Test
    void shouldWarnInTime() throws Exception {
        Finding finding = check("localhost", good, Duration.ofDays(85));
        assertThat(finding.level()).isEqualTo(Level.WARN);
        assertThat(finding.found()).isEqualTo("valid for localhost, 4 days left");
    }

    @Test
    void shouldSayWhoseItIs() throws Exception {
        Finding finding = check("127.0.0.1", good, Duration.ZERO);
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.found()).isEqualTo("the certificate is localhost's, not 127.0.0.1's");
    }

    @Test
    void shouldSayWhoIssuedOneThatIsNotBelieved() throws Exception {
        TestCertificate other = TestCertificate.make(directory.resolve("other.p12"), "-dname CN=other-farm");
        Finding finding = check("localhost", other, Duration.ZERO);
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.found())
                .isEqualTo("the certificate was issued by CN=test-farm, whom this Java doesn't know");
    }

    @Test
    void shouldSayThatItIsOver() throws Exception {
        TestCertificate old = TestCertificate.make(
                directory.resolve("old.p12"), "-ext san=dns:localhost -startdate -30d -validity 20");
        try (TestSite late = new TestSite(old.server())) {
            URI uri = URI.create("https://localhost:" + late.port() + "/");
            // Somebody else's trust, since Java doesn't look at the dates of what it trusts by itself.
            Finding finding = check(uri, good, Duration.ZERO);
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.found())
                    .startsWith("the certificate is valid from ")
                    .contains(", and it is ");
        }
    }

    @Test
    void shouldLeaveItToTheOthersWhenNobodyAnswers() throws Exception {
        Finding finding = check(URI.create("https://localhost:1/"), good, Duration.ZERO);
        assertThat(finding.level()).isEqualTo(Level.SKIP);
        assertThat(check(URI.create("http://localhost:1/"), good, Duration.ZERO).level())
                .isEqualTo(Level.SKIP);
    }
}
