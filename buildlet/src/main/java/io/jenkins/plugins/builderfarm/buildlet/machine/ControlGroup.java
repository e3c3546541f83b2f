package io.jenkins.plugins.builderfarm.buildlet.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The memory that Linux lets this process have: a container's, a service's ({@code MemoryMax=}), or that of any group
 * above it, in both versions of control groups. A group that nobody limited, or that can't be seen, counts for nothing.
 */
final class ControlGroup {
    /** Where a version keeps what. */
    private record Version(String base, String limit, String usage, String cache) {}

    private static final Version FIRST = new Version(
            "sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");
    private static final Version SECOND = new Version("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file");

    private final Path root;

    /** @param root of the file system, but for tests */
    ControlGroup(Path root) {
        this.root = root;
    }

    /** Bytes that may be used; no more than given. */
    long limit(long otherwise) {
        long least = otherwise;
        for (Version version : List.of(FIRST, SECOND)) {
            for (Path group : groups(version)) {
                least = Math.min(least, number(group.resolve(version.limit)).orElse(least));
            }
        }
        return least;
    }

    /** Bytes that may still be used, file caches that would make room included; no more than given. */
    long available(long otherwise) {
        long least = otherwise;
        for (Version version : List.of(FIRST, SECOND)) {
            for (Path group : groups(version)) {
                OptionalLong limit = number(group.resolve(version.limit));
                OptionalLong usage = number(group.resolve(version.usage));
                if (limit.isPresent() && usage.isPresent()) {
                    long left = limit.getAsLong() - usage.getAsLong() + cache(group, version);
                    least = Math.min(least, Math.max(left, 0));
                }
            }
        }
        return least;
    }

    /** Our group and those above it; in a container only the top one may be there. */
    private List<Path> groups(Version version) {
        Path base = root.resolve(version.base);
        List<Path> groups = new ArrayList<>();
        Path own = base.resolve(own(version)).normalize();
        for (Path group = own;
                group != null && group.startsWith(base) && !group.equals(base);
                group = group.getParent()) {
            groups.add(group);
        }
        groups.add(base);
        return groups;
    }

    /** Relative to the base. */
    private String own(Version version) {
        try {
            for (String line : Files.readAllLines(root.resolve("proc/self/cgroup"))) {
                String[] parts = line.split(":", 3);
                boolean ours = parts.length == 3
                        && (version == SECOND
                                ? parts[0].equals("0")
                                : List.of(parts[1].split(",")).contains("memory"));
                if (ours) {
                    return parts[2].replaceFirst("^/+", "");
                }
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    private static long cache(Path group, Version version) {
        try {
            for (String line : Files.readAllLines(group.resolve("memory.stat"))) {
                if (line.startsWith(version.cache + " ")) {
                    return Long.parseLong(line.substring(version.cache.length() + 1));
                }
            }
            return 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** Empty if it isn't there, or says {@code max}. */
    private static OptionalLong number(Path file) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
