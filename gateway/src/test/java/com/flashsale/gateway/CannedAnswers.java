package com.flashsale.gateway;

import com.flashsale.gateway.StubService.Answer;
import com.flashsale.gateway.StubService.Seen;
import java.io.IOException;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Responses of a service of all kinds; a request with the same name gets the same. */
final class CannedAnswers {

    private static final List<Answer> ALL = List.of(
            StubService.json(200, "{\"state\":\"ADMITTED\"}"),
            StubService.json(200, "{\"state\":\"WAITING\"}"),
            StubService.json(201, "{\"id\":7}"),
            whole(202, "application/json", "{\"id\":8}"),
            (_, response) ->
                    response.status(201).header("Location", "/api/v1/orders/7").send(),
            (_, response) -> response.status(204).send(),
            (_, response) -> response.status(304).header("ETag", "\"7\"").send(),
            (_, response) ->
                    response.status(302).header("Location", "/elsewhere").send(),
            StubService.problem(400, "INVALID_REQUEST"),
            StubService.problem(409, "SOLD_OUT"),
            whole(404, "text/plain", "nothing"),
            whole(418, "no type", "odd"),
            whole(500, "text/plain", "boom"),
            whole(599, "text/html", "<p>boom</p>"),
            StubService.problem(500, "INTERNAL_ERROR"),
            (_, response) -> response.status(503)
                    .header("Retry-After", "3")
                    .header("Content-Type", "application/problem+json")
                    .sendString(Mono.just("{\"status\":503}")),
            whole(503, "text/plain", "busy"),
            StubService.problem(429, "TOO_MANY_REQUESTS"),
            whole(200, "application/json", "b".repeat(100_000)),
            (_, response) -> response.sendString(Flux.range(0, 40).map(i -> "chunk" + i + "c".repeat(5000))),
            (_, response) -> response.header("X-Frame-Options", "SAMEORIGIN")
                    .header("RateLimit", "\"own\";r=1;t=1")
                    .addHeader("Set-Cookie", "a=1")
                    .addHeader("Set-Cookie", "b=2")
                    .header("Keep-Alive", "timeout=5")
                    .header("Cache-Control", "no-store")
                    .header("Date", "Tue, 01 Jan 2030 00:00:00 GMT")
                    .sendString(Mono.just("{}")),
            (_, response) -> response.header("Connection", "close").sendString(Mono.just("last")),
            (_, response) ->
                    response.header("Connection", "X-Own").header("X-Own", "1").sendString(Mono.just("own")),
            StubService.cutOff(),
            halfOnly());

    private CannedAnswers() {}

    static Publisher<Void> to(Seen request, HttpServerResponse response) {
        var name = request.headers().get(GeneratedRequest.NAME);
        var number = name == null ? 0 : Integer.parseInt(name) * 31 % ALL.size();
        return ALL.get(number).to(request, response);
    }

    private static Answer whole(int status, String type, String body) {
        return (_, response) -> response.status(status)
                .header("Content-Type", type)
                .header("Content-Length", Integer.toString(body.length()))
                .sendString(Mono.just(body));
    }

    /** The connection ends within the body. */
    private static Answer halfOnly() {
        return (_, response) -> response.header("Content-Length", "1000")
                .sendString(Flux.just("half").concatWith(Mono.error(new IOException("cut"))));
    }
}
