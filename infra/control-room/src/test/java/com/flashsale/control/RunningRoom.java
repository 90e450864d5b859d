package com.flashsale.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.client.Home;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.Secrets;
import com.flashsale.client.topology.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** A control room of a platform of which nothing runs, and a client. */
final class RunningRoom implements AutoCloseable {

    private static final int PATIENCE_MS = 30_000;

    final ControlRoom room;
    private final HttpClient http = HttpClient.newHttpClient();

    RunningRoom(Path directory) throws IOException {
        var home = new Home(directory);
        var context = new Context(home, new Ports(com.flashsale.engines.Ports.free()), Secrets.at(home.secrets()));
        room = ControlRoom.start(context, PlatformState::stopped, Place.besideSupervisor(0));
    }

    int port() {
        return URI.create(room.url()).getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** As the page itself sends it. */
    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("X-Control-Room", "1").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The first line of the response to a request that no well-behaved client sends. */
    String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
        }
    }

    /** An event stream; its reader is after the response's head. */
    Stream stream() throws IOException {
        var socket = new Socket("127.0.0.1", port());
        socket.setSoTimeout(PATIENCE_MS);
        var head = "GET /control/events HTTP/1.1\r\nHost: localhost:" + port() + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(UTF_8));
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        return new Stream(socket, reader, reader.readLine());
    }

    record Stream(Socket socket, BufferedReader reader, String status) implements AutoCloseable {

        /** The data of the next event of this name. */
        String next(String event) throws IOException {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals("event: " + event)) return reader.readLine().substring("data: ".length());
            }
            throw new IOException("the stream has ended");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Override
    public void close() {
        http.close();
        room.close();
    }
}
