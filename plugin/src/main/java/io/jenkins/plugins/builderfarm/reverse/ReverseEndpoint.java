package io.jenkins.plugins.builderfarm.reverse;

import hudson.Extension;
import io.jenkins.plugins.builderfarm.coordinator.Coordinator;
import io.jenkins.plugins.builderfarm.coordinator.admission.Ticket;
import io.jenkins.plugins.builderfarm.farm.Farm;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import jenkins.util.HttpServletFilter;
import jenkins.websocket.WebSockets;

/**
 * {@code /reverse}: the WebSocket that machines dial. Open to the world, since machines have no account here; what a
 * stranger can do is limited to the handshake, by the coordinator.
 *
 * <p>A filter for this one path and no action of Jenkins's: Stapler would redirect to {@code /reverse/}, and WebSocket
 * clients don't follow. So nothing lies below it either, and only GET does anything.
 */
@Extension
public final class ReverseEndpoint implements HttpServletFilter {
    private static final String PATH = "/reverse";

    /** The servlet API has no name for it. */
    private static final int UPGRADE_REQUIRED = 426;

    @Override
    public boolean handle(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        // The address as it was sent: no other spelling of it counts.
        if (!WebSockets.isSupported() || !request.getRequestURI().equals(request.getContextPath() + PATH)) {
            return false;
        }
        answer(request, response);
        return true;
    }

    /** Upgrades to a WebSocket, or says without reasons that it doesn't. */
    private static void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (!"GET".equals(request.getMethod())) {
            response.setHeader("Allow", "GET");
            refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Machines dial in with GET.");
        } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.setHeader("Upgrade", "websocket");
            refuse(response, UPGRADE_REQUIRED, "This is where the farm's machines dial in.");
        } else if (!SecureTransport.of(request)) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "Machines dial in over HTTPS.");
        } else {
            admit(request, response);
        }
    }

    private static void admit(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Coordinator coordinator = Farm.get().coordinator();
        Optional<Ticket> ticket =
                Farm.get().isOpen() ? coordinator.tryUpgrade(request.getRemoteAddr()) : Optional.empty();
        if (ticket.isEmpty()) {
            // At random: a thousand machines that come at once come back one after the other.
            response.setHeader(
                    "Retry-After", Long.toString(coordinator.retryAfter().toSeconds()));
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Try again later.");
            return;
        }
        try {
            WebSockets.upgradeResponse(new MachineSocket(coordinator, ticket.get()), request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            ticket.get().cancel();
            throw e;
        }
        if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            ticket.get().cancel();
        }
    }

    private static void refuse(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(text);
    }
}
