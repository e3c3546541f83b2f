package io.jenkins.plugins.builderfarm.manage;

import hudson.Extension;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.Entries;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Surroundings;
import io.jenkins.plugins.builderfarm.config.ThisJenkins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /manage/builder-farm/builders}. */
@Extension(ordinal = 990)
public final class BuildersPage extends EntriesPage<Builder> {
    public BuildersPage() {
        super(Entries.builders());
    }

    @Override
    public String getUrlName() {
        return "builders";
    }

    @Override
    public String getDisplayName() {
        return "Builders";
    }

    @Override
    public String getIconFileName() {
        return "symbol-hammer";
    }

    @Override
    public String getDescription() {
        return "What to build on a host type, and how.";
    }

    @Override
    public List<Row> getRows() {
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        Map<String, HostType> types =
                farm.getHostTypes().stream().collect(Collectors.toMap(HostType::getName, Function.identity()));
        Surroundings surroundings = new ThisJenkins();
        return farm.getBuilders().stream()
                .map(builder -> new Row(
                        builder,
                        Optional.ofNullable(types.get(builder.getHostType())),
                        Entries.builders().problems(builder, surroundings)))
                .toList();
    }

    /** One builder. */
    public static final class Row extends EntryRow {
        private final String hostType;
        private final String template;
        private final String marks;

        Row(Builder builder, Optional<HostType> type, List<String> problems) {
            super(builder.getName(), builder.isDisabled(), type, problems);
            this.hostType = builder.getHostType();
            this.template = builder.getTemplate();
            List<String> words = new ArrayList<>();
            mark(words, builder.isTryOnly(), "pre-submit only");
            mark(words, builder.isCompileOnly(), "compiles only");
            mark(words, builder.isFlakyNetwork(), "flaky network");
            this.marks = String.join(", ", words);
        }

        private static void mark(List<String> marks, boolean set, String word) {
            if (set) {
                marks.add(word);
            }
        }

        public String getHostType() {
            return hostType;
        }

        public String getTemplate() {
            return template;
        }

        public String getMarks() {
            return marks;
        }
    }
}
