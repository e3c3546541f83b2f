package io.jenkins.plugins.builderfarm.reverse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecureTransportTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void shouldKnowThisComputer(String address) {
        assertThat(SecureTransport.isLoopback(address)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "10.0.0.1", "2001:db8::1", "localhost", "127.0.0.1.example.org", "face"})
    void shouldTakeNothingElseForThisComputer(String address) {
        assertThat(SecureTransport.isLoopback(address)).isFalse();
    }
}
