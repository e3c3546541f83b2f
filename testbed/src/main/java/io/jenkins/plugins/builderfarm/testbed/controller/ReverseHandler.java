package io.jenkins.plugins.builderfarm.testbed.controller;

import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import io.jenkins.plugins.builderfarm.coordinator.admission.Ticket;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** {@code /reverse}: a control connection for everyone who gets a ticket, "come later" for the others. */
final class ReverseHandler extends Handler.Abstract {
    private static final long LONGEST_FRAME = 65_536;
    /** Messages that may wait for a slow machine before it is given up. */
    private static final int MOST_QUEUED = 64;

    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);

    private final Coordinator coordinator;
    private final ServerWebSocketContainer webSockets;

    ReverseHandler(Server server, Coordinator coordinator) {
        this.coordinator = coordinator;
        this.webSockets = ServerWebSocketContainer.ensure(server);
        webSockets.setMaxTextMessageSize(LONGEST_FRAME);
        webSockets.setMaxOutgoingFrames(MOST_QUEUED);
        webSockets.setIdleTimeout(IDLE_TIMEOUT);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Optional<Ticket> ticket = coordinator.tryUpgrade(Request.getRemoteAddr(request));
        if (ticket.isEmpty()) {
            response.getHeaders()
                    .put(HttpHeader.RETRY_AFTER, coordinator.retryAfter().toSeconds());
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
            return true;
        }
        ReverseEndpoint endpoint = new ReverseEndpoint(coordinator, ticket.get());
        if (!webSockets.upgrade((question, answer, done) -> endpoint, request, response, callback)) {
            ticket.get().cancel();
            Response.writeError(request, response, callback, HttpStatus.UPGRADE_REQUIRED_426);
        }
        return true;
    }
}
