package io.jenkins.plugins.builderfarm.testbed.controller;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves bytes as they are: the agent program, at the path that Jenkins has it at. */
final class AgentHandler extends Handler.Abstract {
    private final byte[] jar;

    AgentHandler(byte[] jar) {
        this.jar = jar;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/java-archive");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, jar.length);
        response.write(true, ByteBuffer.wrap(jar), callback);
        return true;
    }
}
