package io.jenkins.plugins.builderfarm.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Assignment;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Rollout;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The changes as such, without a bucket. */
final class EditsTest {
    private static final Version V2 = new Version("1.2");
    private static final Version V3 = new Version("1.3");
    private static final Version V4 = new Version("1.4");
    private static final HostTypeName FOO = new HostTypeName("host-foo");
    private static final HostTypeName BAR = new HostTypeName("host-bar");

    /** {@code stable} and {@code canary} at 1.3, where stable was at 1.2 before. */
    private Manifest manifest = new Manifest(
            5,
            Ran.NOW,
            Optional.empty(),
            List.of(release(V2, "a"), release(V3, "b"), release(V4, "c")),
            Map.of("stable", V3, "canary", V3),
            Map.of(),
            List.of(),
            Map.of("stable", List.of(V2)));

    private List<String> warnings = List.of();
    private List<String> changes = List.of();

    @Test
    void shouldRaiseTheSerialWithEveryChange() throws Failure {
        apply(promote(V4, "stable", 100));
        assertThat(manifest.serial()).isEqualTo(6);
        apply(Edits.nothing());
        assertThat(manifest.serial()).isEqualTo(7);
        assertThat(changes).isEmpty();
    }

    @Test
    void shouldPointAChannelAndRememberWhereItPointed() throws Failure {
        apply(promote(V4, "stable", 100));
        assertThat(manifest.channels()).isEqualTo(Map.of("stable", V4, "canary", V3));
        assertThat(manifest.history()).isEqualTo(Map.of("stable", List.of(V3, V2)));
        assertThat(changes).containsExactly("channel stable: 1.3 -> 1.4");
        apply(promote(V4, "stable", 100));
        assertThat(changes).isEmpty();
        assertThat(manifest.history()).isEqualTo(Map.of("stable", List.of(V3, V2)));
    }

    @Test
    void shouldRememberTenPromotionsAtMost() throws Failure {
        for (int i = 0; i < 10; i++) {
            apply(promote(V4, "stable", 100));
            apply(promote(V3, "stable", 100));
        }
        assertThat(manifest.history().get("stable")).hasSize(10).startsWith(V4, V3);
    }

    @Test
    void shouldWarnOfAnOlderRelease() throws Failure {
        apply(promote(V2, "stable", 100));
        assertThat(warnings).containsExactly("1.2 is older than 1.3, where channel stable pointed; rollback goes back");
    }

    @Test
    void shouldRollOutInSteps() throws Failure {
        apply(promote(V4, "stable", 10));
        apply(promote(V4, "stable", 50));
        assertThat(manifest.rollouts()).containsExactly(new Rollout("stable", V4, 50));
        assertThat(changes).containsExactly("roll-out of 1.4 in channel stable: 10% -> 50%");
        apply(promote(V4, "stable", 20, FOO));
        assertThat(manifest.rollouts())
                .containsExactly(new Rollout("stable", V4, 50), new Rollout("stable", V4, 20, Set.of(FOO)));
        apply(promote(V4, "stable", 0));
        assertThat(manifest.rollouts()).containsExactly(new Rollout("stable", V4, 20, Set.of(FOO)));
        apply(promote(V4, "stable", 100));
        assertThat(manifest.rollouts()).isEmpty();
        assertThat(manifest.channels().get("stable")).isEqualTo(V4);
        assertThat(manifest.history().get("stable")).containsExactly(V3, V2);
    }

    @Test
    void shouldHaveOneReleaseOnItsWayAtATime() throws Failure {
        apply(promote(V4, "stable", 10));
        apply(promote(V4, "canary", 10));
        apply(promote(V2, "stable", 10));
        assertThat(manifest.rollouts()).containsExactly(new Rollout("canary", V4, 10), new Rollout("stable", V2, 10));
        assertThat(changes)
                .containsExactly(
                        "roll-out of 1.2 in channel stable: new, 10%",
                        "roll-out of 1.4 in channel stable: 10% -> none");
        assertThat(warnings).containsExactly("1.2 is older than 1.3, where channel stable points; rollback goes back");
    }

    @Test
    void shouldLimitAWholeRollOutToHostTypes() throws Failure {
        apply(promote(V4, "stable", 100, FOO, BAR));
        assertThat(manifest.channels().get("stable")).isEqualTo(V3);
        assertThat(manifest.rollouts()).containsExactly(new Rollout("stable", V4, 100, Set.of(FOO, BAR)));
        assertThat(changes).containsExactly("roll-out of 1.4 in channel stable for host-bar, host-foo: new, 100%");
    }

    @Test
    void shouldRefuseARollOutThatReachesNobody() throws Failure {
        assertRefused(promote(V3, "stable", 10), "channel stable points at 1.3 for all its machines already");
        apply(Edits.pin(V2, List.of(FOO)).then(Edits.follow("canary", List.of(BAR))));
        assertRefused(promote(V4, "stable", 10, FOO), "host-foo is pinned at 1.2; unpin it first");
        assertRefused(promote(V4, "stable", 10, BAR), "host-bar follows channel canary, not stable");
        apply(promote(V4, "canary", 10, BAR));
    }

    @Test
    void shouldRefuseWhatIsNotThere() {
        assertRefused(promote(new Version("9"), "stable", 100), "release 9 is not published");
        assertRefused(
                promote(V4, "stabel", 100), "there is no channel stabel, only canary, stable; --new-channel makes");
        assertRefused(Edits.pin(new Version("9"), List.of(FOO)), "release 9 is not published");
        assertRefused(Edits.follow("beta", List.of(FOO)), "there is no channel beta");
        assertRefused(Edits.rollBack("beta", Optional.empty()), "there is no channel beta");
        assertRefused(Edits.rollBack("stable", Optional.of(new Version("9"))), "release 9 is not published");
        assertRefused(Edits.unpin(List.of(FOO)), "host-foo is not pinned");
    }

    @Test
    void shouldMakeAChannelOnlyWhenAsked() throws Failure {
        apply(Edits.promote(new Promotion(V4, "beta", 100, Set.of(), true)));
        assertThat(manifest.channels().get("beta")).isEqualTo(V4);
        assertThat(changes).containsExactly("channel beta: new, 1.4");
        assertRefused(
                Edits.promote(new Promotion(V4, "gamma", 10, Set.of(), true)),
                "a new channel takes its first release whole, without --percent and --host-type");
        assertRefused(Edits.promote(new Promotion(V4, "Gamma", 100, Set.of(), true)), "channel 'Gamma' is not valid");
    }

    @Test
    void shouldGoBackStepByStep() throws Failure {
        apply(promote(V4, "stable", 100));
        apply(Edits.rollBack("stable", Optional.empty()));
        assertThat(manifest.channels().get("stable")).isEqualTo(V3);
        assertThat(manifest.history().get("stable")).containsExactly(V2);
        apply(Edits.rollBack("stable", Optional.empty()));
        assertThat(manifest.channels().get("stable")).isEqualTo(V2);
        assertRefused(
                Edits.rollBack("stable", Optional.empty()),
                "channel stable points at 1.2 and at nothing before that; name a release with --to");
        apply(Edits.rollBack("stable", Optional.of(V4)));
        assertThat(manifest.channels().get("stable")).isEqualTo(V4);
    }

    @Test
    void shouldForgetWhatItWentBackBehind() throws Failure {
        apply(promote(V4, "stable", 100));
        apply(Edits.rollBack("stable", Optional.of(V2)));
        assertThat(manifest.channels().get("stable")).isEqualTo(V2);
        assertThat(manifest.history()).isEmpty();
    }

    @Test
    void shouldStopARollOutBeforeItTouchesTheChannel() throws Failure {
        apply(promote(V4, "stable", 10));
        apply(promote(V4, "canary", 10));
        apply(Edits.rollBack("stable", Optional.empty()));
        assertThat(manifest.channels().get("stable")).isEqualTo(V3);
        assertThat(manifest.rollouts()).containsExactly(new Rollout("canary", V4, 10));
        assertThat(changes).containsExactly("roll-out of 1.4 in channel stable: 10% -> none");
    }

    @Test
    void shouldSayWhoStaysBehindAfterARollBack() throws Failure {
        apply(promote(V4, "stable", 100));
        apply(Edits.pin(V4, List.of(FOO)));
        apply(promote(V4, "canary", 30));
        apply(Edits.rollBack("stable", Optional.empty()));
        assertThat(warnings)
                .containsExactly(
                        "host-foo is pinned at 1.4 and stays there", "1.4 still goes to 30% of channel canary");
    }

    @Test
    void shouldPinFollowAndLetGo() throws Failure {
        apply(Edits.pin(V2, List.of(FOO, BAR)));
        assertThat(changes)
                .containsExactly(
                        "host-bar: follows channel stable -> pinned at 1.2",
                        "host-foo: follows channel stable -> pinned at 1.2");
        apply(Edits.unpin(List.of(FOO)));
        apply(Edits.follow("canary", List.of(BAR)));
        assertThat(manifest.hostTypes()).isEqualTo(Map.of(BAR, new Assignment.Channel("canary")));
        assertThat(changes).containsExactly("host-bar: pinned at 1.2 -> follows channel canary");
        assertRefused(Edits.unpin(List.of(BAR)), "host-bar is not pinned");
        apply(Edits.follow("stable", List.of(BAR)));
        assertThat(manifest.hostTypes()).isEmpty();
    }

    @Test
    void shouldNeverChangeAPublishedRelease() throws Failure {
        Release other = release(V4, "other");
        assertRefused(Edits.add(other), "release 1.4 is published already, with another jar");
        Release newerJava =
                new Release(V4, release(V4, "c").object(), release(V4, "c").sha256(), 1, 21, Ran.NOW);
        assertRefused(Edits.add(newerJava), "release 1.4 is published already, for Java 17 or newer");
        apply(Edits.add(release(V4, "c")));
        assertThat(changes).isEmpty();
        apply(Edits.add(release(new Version("1.5"), "d")));
        assertThat(changes).containsExactly("release 1.5: new, 1 bytes, Java 17 or newer");
    }

    @Test
    void shouldChangeTheExpiry() throws Failure {
        apply(Edits.expires(Optional.of(Ran.NOW)));
        assertThat(changes).containsExactly("expires: never -> 2026-11-23T08:00:00Z");
        apply(promote(V4, "stable", 100));
        assertThat(manifest.expires()).as("kept").contains(Ran.NOW);
        apply(Edits.expires(Optional.empty()));
        assertThat(manifest.expires()).isEmpty();
    }

    private void apply(Edit edit) throws Failure {
        Draft draft = Draft.after(manifest);
        edit.apply(draft);
        Manifest next = draft.build(Ran.NOW);
        changes = Changes.between(manifest, next);
        warnings = draft.warnings;
        manifest = next;
    }

    private void assertRefused(Edit edit, String message) {
        assertThatThrownBy(() -> apply(edit)).isInstanceOf(Failure.class).hasMessageStartingWith(message);
    }

    private static Edit promote(Version release, String channel, int percent, HostTypeName... hostTypes) {
        return Edits.promote(new Promotion(release, channel, percent, Set.of(hostTypes), false));
    }

    private static Release release(Version version, String content) {
        Sha256 sha256 = Sha256.of(content.getBytes(StandardCharsets.UTF_8));
        return new Release(version, Release.objectName(sha256), sha256, 1, 17, Ran.NOW);
    }
}
