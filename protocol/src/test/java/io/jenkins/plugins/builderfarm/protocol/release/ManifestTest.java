package io.jenkins.plugins.builderfarm.protocol.release;

import static io.jenkins.plugins.builderfarm.protocol.release.Manifests.BAR;
import static io.jenkins.plugins.builderfarm.protocol.release.Manifests.FOO;
import static io.jenkins.plugins.builderfarm.protocol.release.Manifests.NEW;
import static io.jenkins.plugins.builderfarm.protocol.release.Manifests.OLD;
import static io.jenkins.plugins.builderfarm.protocol.release.Manifests.TIME;
import static io.jenkins.plugins.builderfarm.protocol.release.Manifests.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestTest {
    private static final Version GONE = new Version("9");

    @Test
    void shouldGiveEveryMachineItsRelease() {
        Map<HostTypeName, Assignment> hostTypes =
                Map.of(FOO, new Assignment.Channel("canary"), BAR, new Assignment.Pin(OLD));
        Manifest manifest = Manifests.of(hostTypes, List.of());
        assertThat(selected(manifest, "host-other/a")).isEqualTo(OLD);
        assertThat(selected(manifest, "host-foo/a")).isEqualTo(NEW);
        assertThat(selected(manifest, "host-bar/a")).isEqualTo(OLD);
        assertThat(manifest.release(NEW)).contains(release(NEW));
        assertThat(manifest.release(GONE)).isEmpty();
    }

    @Test
    void shouldRollOutToTheChannelsOwnMachinesOnly() {
        Map<HostTypeName, Assignment> hostTypes =
                Map.of(FOO, new Assignment.Channel("canary"), BAR, new Assignment.Pin(OLD));
        Manifest manifest = Manifests.of(hostTypes, List.of(new Rollout("stable", NEW, 100)));
        assertThat(selected(manifest, "host-other/a")).isEqualTo(NEW);
        assertThat(selected(manifest, "host-bar/a")).as("pinned").isEqualTo(OLD);
        Manifest canary = Manifests.of(hostTypes, List.of(new Rollout("canary", OLD, 100)));
        assertThat(selected(canary, "host-foo/a")).isEqualTo(OLD);
        assertThat(selected(canary, "host-other/a")).isEqualTo(OLD);
        Manifest limited = Manifests.of(Map.of(), List.of(new Rollout("stable", NEW, 100, Set.of(FOO))));
        assertThat(selected(limited, "host-foo/a")).isEqualTo(NEW);
        assertThat(selected(limited, "host-other/a")).isEqualTo(OLD);
    }

    @Test
    void shouldTakeTheFirstRollOutThatIncludesAMachine() {
        Manifest manifest =
                Manifests.of(Map.of(), List.of(new Rollout("stable", NEW, 100), new Rollout("stable", OLD, 100)));
        assertThat(selected(manifest, "host-foo/a")).isEqualTo(NEW);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 50, 99, 100})
    void shouldSpreadARollOut(int percent) {
        Rollout rollout = new Rollout("stable", NEW, percent);
        long in = machines(10_000).stream().filter(rollout::includes).count();
        assertThat(in).isBetween(percent * 100L - 150, percent * 100L + 150);
        assertThat(in == 0).isEqualTo(percent == 0);
        assertThat(in == 10_000).isEqualTo(percent == 100);
    }

    @Test
    void shouldMoveBetween5And15OfAHundredMachinesAt10Percent() {
        Rollout rollout = new Rollout("stable", NEW, 10);
        assertThat(machines(100).stream().filter(rollout::includes).count()).isBetween(5L, 15L);
    }

    @Test
    void shouldKeepWhoIsInWhenThePercentageGrows() {
        for (MachineId machine : machines(1_000)) {
            boolean in = false;
            for (int percent = 0; percent <= 100; percent++) {
                boolean now = new Rollout("stable", NEW, percent).includes(machine);
                assertThat(now || !in).isTrue();
                in = now;
            }
        }
    }

    @Test
    void shouldNotSendTheSameMachinesFirstEveryTime() {
        Set<MachineId> first = included(new Rollout("stable", NEW, 10));
        Set<MachineId> next = included(new Rollout("stable", OLD, 10));
        long both = first.stream().filter(next::contains).count();
        assertThat(both).isLessThan(first.size() / 3L);
    }

    /** A machine's share is part of the protocol: a later version must not move everybody. */
    @Test
    void shouldNeverChangeWhoIsIn() {
        List<Integer> shares = machines(8).stream()
                .map(machine -> IntStream.rangeClosed(0, 100)
                        .filter(percent -> new Rollout("stable", NEW, percent).includes(machine))
                        .findFirst()
                        .orElseThrow())
                .toList();
        assertThat(shares).containsExactly(21, 5, 81, 92, 20, 21, 61, 96);
    }

    @Test
    void shouldRefuseToBeHalf() {
        assertRefused(
                () -> manifest(0, Map.of("stable", OLD), Map.of(), List.of(), Map.of()), "serial is not positive");
        assertRefused(() -> manifest(1, Map.of("canary", OLD), Map.of(), List.of(), Map.of()), "has no channel stable");
        assertRefused(
                () -> manifest(1, Map.of("stable", GONE), Map.of(), List.of(), Map.of()),
                "channel stable names release 9, which is not there");
        assertRefused(
                () -> manifest(1, Map.of("stable", OLD, "Canary!", OLD), Map.of(), List.of(), Map.of()),
                "channel 'Canary!' is not valid");
        assertRefused(
                () -> Manifests.of(Map.of(FOO, new Assignment.Pin(GONE)), List.of()),
                "host-foo names release 9, which is not there");
        assertRefused(
                () -> Manifests.of(Map.of(FOO, new Assignment.Channel("beta")), List.of()),
                "host-foo names channel beta, which is not there");
        assertRefused(
                () -> Manifests.of(Map.of(), List.of(new Rollout("stable", GONE, 1))),
                "a roll-out names release 9, which is not there");
        assertRefused(
                () -> Manifests.of(Map.of(), List.of(new Rollout("beta", NEW, 1))),
                "a roll-out names channel beta, which is not there");
        assertRefused(
                () -> manifest(1, Map.of("stable", OLD), Map.of(), List.of(), Map.of("beta", List.of(OLD))),
                "the history names channel beta, which is not there");
        assertRefused(
                () -> manifest(1, Map.of("stable", OLD), Map.of(), List.of(), Map.of("stable", List.of(GONE))),
                "the history of channel stable names release 9, which is not there");
        assertRefused(
                () -> new Manifest(
                        1,
                        TIME,
                        Optional.empty(),
                        List.of(release(OLD), release(OLD)),
                        Map.of("stable", OLD),
                        Map.of(),
                        List.of()),
                "release 1.3 is there twice");
        assertRefused(() -> new Rollout("stable", NEW, 101), "101 percent, which is not between 0 and 100");
        assertRefused(() -> new Rollout("stable", NEW, -1), "-1 percent");
    }

    @Test
    void shouldForgetWhatIsLongPast() {
        Manifest manifest = manifest(
                1,
                Map.of("stable", OLD, "canary", OLD),
                Map.of(),
                List.of(),
                Map.of("stable", Collections.nCopies(11, OLD), "canary", List.of()));
        assertThat(manifest.history()).isEqualTo(Map.of("stable", Collections.nCopies(10, OLD)));
    }

    private static Manifest manifest(
            long serial,
            Map<String, Version> channels,
            Map<HostTypeName, Assignment> hostTypes,
            List<Rollout> rollouts,
            Map<String, List<Version>> history) {
        return new Manifest(
                serial, TIME, Optional.empty(), List.of(release(OLD)), channels, hostTypes, rollouts, history);
    }

    private static Version selected(Manifest manifest, String machine) {
        return manifest.select(MachineId.parse(machine)).version();
    }

    private static Set<MachineId> included(Rollout rollout) {
        return machines(1_000).stream().filter(rollout::includes).collect(Collectors.toSet());
    }

    private static List<MachineId> machines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new MachineId(FOO, new Hostname("board" + i)))
                .toList();
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
