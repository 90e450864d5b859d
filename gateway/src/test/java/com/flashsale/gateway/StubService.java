package com.flashsale.gateway;

import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A real HTTP server in the place of one instance of a service. It records its requests and gives the responses that a
 * test sets.
 */
final class StubService {

    record Seen(String method, String uri, HttpHeaders headers, String body) {}

    @FunctionalInterface
    interface Answer {
        Publisher<Void> to(Seen request, HttpServerResponse response);
    }

    /** The gateway asks here on its own behalf, at any time; no test counts that. */
    private static final String SWITCHES = "/internal/v1/switches";

    private static final Duration STOP = Duration.ofSeconds(2);

    private final String name;
    private final int port;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private volatile Answer other;
    private volatile DisposableServer server;

    StubService(String name) {
        this.name = name;
        other = greeting();
        server = bind(0);
        port = server.port();
    }

    /** Answers requests to this path (without query) from now on. */
    void on(String path, Answer answer) {
        answers.put(path, answer);
    }

    /** Answers all requests to other paths from now on. */
    void onAll(Answer answer) {
        other = answer;
    }

    void forget() {
        answers.clear();
        other = greeting();
        forgetSeen();
    }

    void forgetSeen() {
        seen.clear();
    }

    List<Seen> seen() {
        return new ArrayList<>(seen);
    }

    List<Seen> seen(String path) {
        return seen.stream().filter(request -> pathOf(request).equals(path)).toList();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Closes the connections that clients keep. */
    void closeConnections() {
        connections.close().awaitUninterruptibly();
    }

    /** Stops listening and cuts all connections, as a killed process does. */
    void stop() {
        connections.close().awaitUninterruptibly();
        server.disposeNow(STOP);
    }

    void start() {
        if (server.isDisposed()) server = bind(port);
    }

    static Answer json(int status, String body) {
        return (_, response) -> response.status(status)
                .header("Content-Type", "application/json")
                .sendString(Mono.just(body));
    }

    static Answer problem(int status, String code) {
        var body = "{\"status\":%d,\"code\":\"%s\"}".formatted(status, code);
        return (_, response) -> response.status(status)
                .header("Content-Type", "application/problem+json")
                .sendString(Mono.just(body));
    }

    /** Takes the request and cuts the connection hard, as a killed process does. */
    static Answer cutOff() {
        return (_, response) -> Mono.fromRunnable(() -> response.withConnection(connection -> {
            connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            connection.channel().close();
        }));
    }

    static Answer silence() {
        return (_, _) -> Mono.never();
    }

    private DisposableServer bind(int wanted) {
        return HttpServer.create()
                .channelGroup(connections)
                .host("127.0.0.1")
                .port(wanted)
                .handle((request, response) -> request.receive()
                        .aggregate()
                        .asString()
                        .defaultIfEmpty("")
                        .flatMapMany(body -> {
                            var one = new Seen(
                                    request.method().name(),
                                    request.uri(),
                                    request.requestHeaders().copy(),
                                    body);
                            if (!one.uri().equals(SWITCHES)) seen.add(one);
                            return Flux.from(answerTo(one).to(one, response));
                        })
                        .then())
                .bindNow();
    }

    private Answer answerTo(Seen request) {
        var usual = request.uri().equals(SWITCHES) ? text("payments on\npurchases on\n") : other;
        return answers.getOrDefault(pathOf(request), usual);
    }

    /** The states that the gateway learns, by their lines. */
    void switches(String... lines) {
        on(SWITCHES, text(String.join("\n", lines)));
    }

    static Answer text(String body) {
        return (_, response) ->
                response.header("Content-Type", "text/plain;charset=UTF-8").sendString(Mono.just(body));
    }

    private Answer greeting() {
        return json(200, "{\"from\":\"%s\"}".formatted(name));
    }

    private static String pathOf(Seen request) {
        return request.uri().replaceFirst("\\?.*", "");
    }
}
