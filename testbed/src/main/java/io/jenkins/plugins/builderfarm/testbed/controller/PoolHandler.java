package io.jenkins.plugins.builderfarm.testbed.controller;

import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The pool as JSON. */
final class PoolHandler extends Handler.Abstract {
    private final Coordinator coordinator;

    PoolHandler(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String json = PoolJson.of(coordinator.snapshot(), coordinator.refusals()) + "\n";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
