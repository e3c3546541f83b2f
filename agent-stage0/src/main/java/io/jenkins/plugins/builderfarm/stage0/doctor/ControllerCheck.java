package io.jenkins.plugins.builderfarm.stage0.doctor;

import io.jenkins.plugins.builderfarm.stage0.network.ProxyRefusal;
import java.io.IOException;

/** Whether the controller answers at all. */
record ControllerCheck(WebSite controller) implements Check {
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    @Override
    public String name() {
        return "controller";
    }

    @Override
    public Finding run() {
        int status;
        try {
            status = controller.answer().status();
        } catch (IOException e) {
            return Finding.fail(
                    controller.uri() + " can't be reached: " + NetworkErrors.explain(e),
                    "compare -coordinator with what the farm's administrators gave you; a firewall may stand in between");
        }
        String found = controller.uri() + " answers (HTTP " + status + ")";
        if (status == UNAVAILABLE) {
            return Finding.warn(found + ": it is starting, or busy", "wait; stage0 does");
        }
        if (status >= SERVER_ERROR) {
            return Finding.fail(found + ": something before it, or it itself, is broken", "wait; stage0 does");
        }
        return status == ProxyRefusal.STATUS
                ? Finding.fail(found + ": " + ProxyRefusal.TEXT, ProxyCheck.PASSWORD_REMEDY)
                : Finding.ok(found);
    }
}
