package io.jenkins.plugins.builderfarm.protocol.message;

import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.protocol.ProtocolException;
import io.jenkins.plugins.builderfarm.protocol.json.JsonFields;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Instant;
import java.util.Optional;

/**
 * What a machine says of itself; shown to people, and the versions checked, but no label or right ever follows from it.
 *
 * @param os as {@code os.name} has it: {@code Linux}
 * @param arch as {@code os.arch} has it: {@code riscv64}
 * @param memory physical memory in bytes, 0 if unknown
 * @param disk free bytes where the work directory is, 0 if unknown
 * @param stage0 empty if the buildlet was started without stage0
 * @param boot when the machine was booted, by its own clock; empty if unknown
 * @param workDir where builds work, an absolute path in the machine's own notation; empty if unknown
 */
public record Facts(
        String os,
        String arch,
        int cpus,
        long memory,
        long disk,
        String java,
        Version buildlet,
        Optional<Version> stage0,
        Optional<Instant> boot,
        String workDir) {
    private static final int MOST_CPUS = 1_000_000;
    private static final int LONGEST_PATH = 4_096;

    /** Cuts texts to what the controller takes; a work directory that is too long to name is left out. */
    public Facts {
        os = Limits.fact(os);
        arch = Limits.fact(arch);
        java = Limits.fact(java);
        cpus = Math.min(Math.max(cpus, 1), MOST_CPUS);
        memory = Math.max(memory, 0);
        disk = Math.max(disk, 0);
        workDir = workDir.length() > LONGEST_PATH ? "" : workDir;
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("os", os);
        json.addProperty("arch", arch);
        json.addProperty("cpus", cpus);
        json.addProperty("memory", memory);
        json.addProperty("disk", disk);
        json.addProperty("java", java);
        json.addProperty("buildlet", buildlet.value());
        stage0.ifPresent(version -> json.addProperty("stage0", version.value()));
        boot.ifPresent(time -> json.addProperty("boot", time.toString()));
        if (!workDir.isEmpty()) {
            json.addProperty("workDir", workDir);
        }
        return json;
    }

    static Facts fromJson(JsonFields json) throws ProtocolException {
        return new Facts(
                json.text("os", Limits.LONGEST_FACT),
                json.text("arch", Limits.LONGEST_FACT),
                (int) json.number("cpus", 1, MOST_CPUS),
                json.number("memory", 0, Long.MAX_VALUE),
                json.number("disk", 0, Long.MAX_VALUE),
                json.text("java", Limits.LONGEST_FACT),
                json.parsed("buildlet", Version.LONGEST, Version::new),
                json.optionalParsed("stage0", Version.LONGEST, Version::new),
                json.optionalInstant("boot"),
                json.optionalText("workDir", LONGEST_PATH).orElse(""));
    }
}
