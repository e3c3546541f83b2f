package io.jenkins.plugins.builderfarm.manage;

import hudson.Extension;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.Entries;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Surroundings;
import io.jenkins.plugins.builderfarm.config.ThisJenkins;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /manage/builder-farm/hostTypes}. */
@Extension(ordinal = 1000)
public final class HostTypesPage extends EntriesPage<HostType> {
    public HostTypesPage() {
        super(Entries.hostTypes());
    }

    @Override
    public String getUrlName() {
        return "hostTypes";
    }

    @Override
    public String getDisplayName() {
        return "Host types";
    }

    @Override
    public String getIconFileName() {
        return "symbol-server";
    }

    @Override
    public String getDescription() {
        return "Kinds of machines: where they come from, who owns them, what may run on them.";
    }

    @Override
    public List<Row> getRows() {
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        Map<String, Long> builders =
                farm.getBuilders().stream().collect(Collectors.groupingBy(Builder::getHostType, Collectors.counting()));
        Surroundings surroundings = new ThisJenkins();
        return farm.getHostTypes().stream()
                .map(type -> new Row(
                        type,
                        builders.getOrDefault(type.getName(), 0L),
                        Entries.hostTypes().problems(type, surroundings)))
                .toList();
    }

    /** One host type. */
    public static final class Row extends EntryRow {
        private final String platform;
        private final int expected;
        private final long builders;

        Row(HostType type, long builders, List<String> problems) {
            super(type.getName(), type.isDisabled(), Optional.of(type), problems);
            this.platform = type.getPlatform();
            this.expected = type.reversePool().map(pool -> pool.expectedInAll()).orElse(-1);
            this.builders = builders;
        }

        public String getPlatform() {
            return platform;
        }

        /** How many machines there should be; empty where a cloud makes them. */
        public String getExpected() {
            return expected < 0 ? "" : String.valueOf(expected);
        }

        public long getBuilders() {
            return builders;
        }
    }
}
