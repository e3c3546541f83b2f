package io.jenkins.plugins.builderfarm.stage0;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of a machine stand on that has a good release already: one of {@link Seasoned}'s, with its farm, for each. */
abstract class SeasonedMachine {
    @TempDir
    Path directory;

    TestFarm farm;
    TestMachine machine;

    @BeforeEach
    void begin() throws Exception {
        farm = Seasoned.farm();
        machine = Seasoned.machine(directory, farm);
    }

    @AfterEach
    void end() throws Exception {
        farm.close();
    }
}
