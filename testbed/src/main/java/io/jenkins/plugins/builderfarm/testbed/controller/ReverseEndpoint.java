package io.jenkins.plugins.builderfarm.testbed.controller;

import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import io.jenkins.plugins.builderfarm.coordinator.admission.Session;
import io.jenkins.plugins.builderfarm.coordinator.admission.Ticket;
import io.jenkins.plugins.builderfarm.coordinator.port.Connection;
import java.util.Optional;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.StatusCode;

/** One control connection, between Jetty and the coordinator. Public only because Jetty wants it so. */
public final class ReverseEndpoint
        implements org.eclipse.jetty.websocket.api.Session.Listener.AutoDemanding, Connection {
    private final Coordinator coordinator;
    private final Ticket ticket;
    // Both set before the first frame is asked for.
    private org.eclipse.jetty.websocket.api.Session socket;
    private Optional<Session> session = Optional.empty();

    ReverseEndpoint(Coordinator coordinator, Ticket ticket) {
        this.coordinator = coordinator;
        this.ticket = ticket;
    }

    @Override
    public void onWebSocketOpen(org.eclipse.jetty.websocket.api.Session opened) {
        socket = opened;
        session = Optional.of(coordinator.open(ticket, this));
    }

    @Override
    public void onWebSocketText(String text) {
        session.ifPresent(open -> open.received(text));
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback callback) {
        session.ifPresent(open -> open.closed("closed with status " + status));
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        session.ifPresentOrElse(open -> open.closed(cause.toString()), ticket::cancel);
    }

    /** Jetty's queue is bounded: one frame too many fails, and the machine is given up. */
    @Override
    public void send(String json) {
        socket.sendText(json, Callback.from(() -> {}, failure -> socket.disconnect()));
    }

    @Override
    public void close(String reason) {
        socket.close(StatusCode.NORMAL, reason, Callback.from(() -> {}, failure -> socket.disconnect()));
    }
}
