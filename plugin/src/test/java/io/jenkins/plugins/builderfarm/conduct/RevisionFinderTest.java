package io.jenkins.plugins.builderfarm.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionFinderTest {
    @ParameterizedTest
    @CsvSource({
        "net, net",
        "tools/gopls, tools/gopls",
        "https://go.googlesource.com/net, net",
        "https://github.com/golang/net.git/, net",
        "git@github.com:golang/net.git, net",
        "git@host:net.git, net",
        "'', ''"
    })
    void shouldCallARepositoryAsThePolicyDoes(String told, String name) {
        assertThat(RevisionFinder.name(told)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "master, master",
        "origin/master, master",
        "refs/heads/dev.fuzz, dev.fuzz",
        "refs/remotes/origin/release-branch.go1.20, release-branch.go1.20",
        "feature/origin/x, feature/origin/x",
        "detached, ''",
        "'', ''"
    })
    void shouldCallABranchAsThePolicyDoes(String told, String name) {
        assertThat(RevisionFinder.branch(told)).isEqualTo(name);
    }
}
