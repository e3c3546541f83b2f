package io.jenkins.plugins.builderfarm.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GoDashboardYamlTest {
    private static final Path EXAMPLE = Path.of("../docs/examples/go-dashboard.yaml");
    private static final Path MADE = Path.of("target/go-dashboard.yaml");

    @Test
    void shouldBeMadeFromTheData() throws IOException {
        String made = GoDashboardYaml.write(GoDashboard.read());
        Files.writeString(MADE, made);

        assertThat(EXAMPLE)
                .as("what the data says, which is also in %s: copy it", MADE)
                .content()
                .isEqualTo(made);
    }

    @Test
    void shouldHoldTheWholeFarm() {
        assertThat(GoDashboard.read().hostTypes()).hasSize(75);
        assertThat(GoDashboard.read().builders()).hasSize(149);
    }
}
