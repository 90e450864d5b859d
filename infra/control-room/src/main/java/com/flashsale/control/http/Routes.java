package com.flashsale.control.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.client.Json;
import com.flashsale.client.api.UnexpectedAnswer;
import com.flashsale.control.live.Streams;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The paths of the control room, all below {@code /control/}. */
public final class Routes {

    /** False when a part of an explanation could not be read. */
    public static final String COMPLETE = "Explanation-Complete";

    private static final String ROOT = "/control/";
    private static final String API = "api/";
    private static final String PATHS =
            "Actions are api/faults/NAME, api/load/STORY, api/switches/NAME and api/sales/ID/ACTION.";
    private static final int LONGEST_BODY = 1_024;
    private static final int LONGEST_ID = 4_096;

    private final Files files = new Files();
    private final Streams streams;
    private final Supplier<byte[]> welcome;
    private final Actions actions;
    private final OperatorActions operator;
    private final Explainer explainer;

    /** @param welcome the first message of an event stream */
    public Routes(
            Streams streams, Supplier<byte[]> welcome, Actions actions, OperatorActions operator, Explainer explainer) {
        this.streams = streams;
        this.welcome = welcome;
        this.actions = actions;
        this.operator = operator;
        this.explainer = explainer;
    }

    void answer(HttpExchange exchange) throws IOException, RefusedException, InterruptedException {
        var path = exchange.getRequestURI().getPath();
        if (path.equals("/") || path.equals("/control")) {
            exchange.getResponseHeaders().set("Location", ROOT);
            exchange.sendResponseHeaders(307, -1);
            return;
        }
        if (!path.startsWith(ROOT)) throw new RefusedException(Problem.NOT_FOUND, "Look at " + ROOT + ".");
        var name = path.substring(ROOT.length());
        if (name.startsWith(API)) {
            ControlServer.send(exchange, action(exchange, name.substring(API.length())));
            return;
        }
        allow(exchange, "GET", "HEAD");
        switch (name) {
            case "" -> file(exchange, "index.html");
            case "events" -> events(exchange);
            case "explain" -> explain(exchange);
            default -> file(exchange, name);
        }
    }

    private Reply action(HttpExchange exchange, String path)
            throws IOException, RefusedException, InterruptedException {
        var parts = path.split("/", -1);
        try {
            return switch (parts[0] + parts.length) {
                case "faults1" -> {
                    allow(exchange, "GET", "HEAD", "DELETE");
                    yield exchange.getRequestMethod().equals("DELETE") ? actions.heal() : actions.faults();
                }
                case "faults2" -> {
                    allow(exchange, "POST");
                    yield actions.fault(parts[1], body(exchange));
                }
                case "load1" -> {
                    allow(exchange, "GET", "HEAD", "DELETE");
                    yield exchange.getRequestMethod().equals("DELETE") ? actions.stopLoadTest() : actions.loadTests();
                }
                case "load2" -> {
                    allow(exchange, "POST");
                    yield actions.startLoadTest(parts[1]);
                }
                case "switches2" -> {
                    allow(exchange, "PUT");
                    yield operator.turn(parts[1], body(exchange));
                }
                case "sales3" -> sale(exchange, parts[1], parts[2]);
                default -> throw new RefusedException(Problem.NOT_FOUND, PATHS);
            };
        } catch (UnexpectedAnswer fault) {
            throw new RefusedException(Problem.UNAVAILABLE, String.valueOf(fault.getMessage()));
        }
    }

    private Reply sale(HttpExchange exchange, String id, String action)
            throws IOException, RefusedException, InterruptedException {
        if (action.equals("admission-pace")) {
            allow(exchange, "PUT");
            return operator.pace(id, body(exchange));
        }
        allow(exchange, "POST");
        return operator.sale(id, action);
    }

    private static void allow(HttpExchange exchange, String... methods) throws RefusedException {
        for (var method : methods) if (method.equals(exchange.getRequestMethod())) return;
        exchange.getResponseHeaders().set("Allow", String.join(", ", methods));
        throw new RefusedException(Problem.METHOD_NOT_ALLOWED, "Use one of: " + String.join(", ", methods) + ".");
    }

    private static JsonNode body(HttpExchange exchange) throws IOException, RefusedException {
        var bytes = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (bytes.length > LONGEST_BODY) {
            throw new RefusedException(Problem.BODY_TOO_LARGE, "Send at most " + LONGEST_BODY + " bytes.");
        }
        try {
            return Json.tree(bytes.length == 0 ? "{}" : new String(bytes, UTF_8));
        } catch (JacksonException noJson) {
            throw new RefusedException(Problem.INVALID_REQUEST, "Send a JSON object.");
        }
    }

    private void file(HttpExchange exchange, String name) throws IOException, RefusedException {
        var file = files.named(name);
        if (file == null) throw new RefusedException(Problem.NOT_FOUND, "There is no such file.");
        ControlServer.send(exchange, file);
    }

    private void explain(HttpExchange exchange) throws IOException, RefusedException, InterruptedException {
        var id = parameter(exchange.getRequestURI().getRawQuery());
        if (id == null) {
            file(exchange, "explain.html");
            return;
        }
        var explanation = explainer.explain(id);
        exchange.getResponseHeaders().set(COMPLETE, Boolean.toString(explanation.complete()));
        var accept = exchange.getRequestHeaders().getFirst("Accept");
        ControlServer.send(exchange, Explainer.inTheFormOf(accept == null ? "" : accept, explanation));
    }

    /** The parameter {@code id}; null without one. */
    private static @Nullable String parameter(@Nullable String query) throws RefusedException {
        if (query == null || !query.startsWith("id=") || query.length() == 3) return null;
        if (query.length() > LONGEST_ID) throw new RefusedException(Problem.INVALID_REQUEST, "The id is too long.");
        try {
            return URLDecoder.decode(query.substring(3), UTF_8).strip();
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException(Problem.INVALID_REQUEST, "The id is not encoded as in a form.");
        }
    }

    private void events(HttpExchange exchange) throws IOException, RefusedException, InterruptedException {
        if (streams.count() >= Streams.MOST) throw tooMany();
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/event-stream");
        headers.set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        streams.serve(exchange.getResponseBody(), welcome.get());
    }

    private static RefusedException tooMany() {
        return new RefusedException(Problem.OVERLOADED, "At most " + Streams.MOST + " pages watch at once. Close one.");
    }
}
