package io.jenkins.plugins.builderfarm.testbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {

    private final Samples samples = new Samples();

    @Test
    void shouldFindQuantilesWhateverTheOrder() {
        LongStream.rangeClosed(1, 2000).map(i -> (i * 7919) % 2000 + 1).forEach(i -> samples.add(i * 1000));
        assertThat(samples.count()).isEqualTo(2000);
        assertThat(samples.quantileMicros(0.5)).isEqualTo(1000);
        assertThat(samples.quantileMicros(0.99)).isEqualTo(1980);
        assertThat(samples.quantileMicros(1)).isEqualTo(2000);
        assertThat(samples.meanMicros()).isEqualTo(1000.5);
    }

    @Test
    void shouldKnowNothingWithoutSamples() {
        assertThat(samples.quantileMicros(0.5)).isNaN();
        assertThat(samples.meanMicros()).isNaN();
    }
}
