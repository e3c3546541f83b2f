package io.jenkins.plugins.builderfarm.pages;

import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A machine that was not let in, as an administrator sees it. */
@ExportedBean(defaultVisibility = 9)
public final class RefusalRow {
    /** ISO 8601. */
    @Exported
    public final String at;

    @Exported
    public final String address;

    /** What it claimed to be; empty if it got no further than the connection. */
    @Exported
    public final String machine;

    @Exported
    public final String reason;

    @Exported
    public final String detail;

    RefusalRow(Refusal refusal) {
        at = refusal.at().toString();
        address = refusal.address();
        machine = refusal.machine();
        reason = refusal.reason().name();
        detail = refusal.detail();
    }

    /** For views. */
    public String getAgo() {
        return Times.ago(at);
    }
}
