package io.jenkins.plugins.builderfarm.bucket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** HTTP without a client's habits. */
final class RawHttp {

    private final URI endpoint;
    private final HttpClient client = HttpClient.newHttpClient();

    RawHttp(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** @param headers names and values in turn */
    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, null, headers);
    }

    /**
     * Sends these characters and reads until the server closes, for what no HTTP library would send. A reset is an end
     * too: it is how a server closes that does not care for the rest of a request.
     */
    String talk(String text) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                answer.write(b);
            }
        } catch (SocketException e) {
            // what came before it is the answer
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }
}
