package com.flashsale.control.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.client.Json;
import com.flashsale.client.ToolException;
import com.flashsale.client.api.Answer;
import com.flashsale.control.steer.OperatorApi;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The actions of an operator through the public API. Each response is that of catalog-service, as it is. */
public final class OperatorActions {

    /** Load tests have a switch of their own in each database. */
    private static final String LOAD_TESTS = "load-tests";

    private static final int OK = 200;

    private final OperatorApi operator;

    public OperatorActions(OperatorApi operator) {
        this.operator = operator;
    }

    /** A request to the API. */
    private interface Request {
        Answer send() throws IOException, InterruptedException;
    }

    Reply sale(String id, String action) throws RefusedException, InterruptedException {
        if (!OperatorApi.ACTIONS.contains(action)) {
            throw new RefusedException(
                    Problem.NOT_FOUND,
                    "The actions are " + String.join(", ", OperatorApi.ACTIONS) + ", admission-pace.");
        }
        var sale = uuid(id);
        return passOn(() -> operator.act(sale, action));
    }

    /** @param body the number "admissionsPerSecond" */
    Reply pace(String id, JsonNode body) throws RefusedException, InterruptedException {
        var sale = uuid(id);
        var pace = body.path("admissionsPerSecond");
        if (!pace.isInt()) {
            throw new RefusedException(
                    Problem.INVALID_REQUEST, "Send an object whose field admissionsPerSecond is a whole number.");
        }
        return passOn(() -> operator.setPace(sale, pace.asInt()));
    }

    /** @param body the truth value "on" */
    Reply turn(String name, JsonNode body) throws RefusedException, InterruptedException {
        if (!name.matches("[a-z-]{1,40}"))
            throw new RefusedException(Problem.NOT_FOUND, "This is no name of a switch.");
        var on = body.path("on");
        if (!on.isBoolean()) {
            throw new RefusedException(Problem.INVALID_REQUEST, "Send an object whose field on is true or false.");
        }
        if (name.equals(LOAD_TESTS)) return loadTests(on.asBoolean());
        return passOn(() -> operator.turn(name, on.asBoolean()));
    }

    private Reply loadTests(boolean on) throws RefusedException, InterruptedException {
        try {
            operator.serveLoadTests(on);
            return Reply.json(OK, Json.line(Map.of("name", LOAD_TESTS, "on", on)));
        } catch (ToolException | IllegalStateException notDone) {
            throw new RefusedException(Problem.UNAVAILABLE, String.valueOf(notDone.getMessage()));
        }
    }

    private static Reply passOn(Request request) throws RefusedException, InterruptedException {
        try {
            var answer = request.send();
            var json = answer.body().isMissingNode() ? "{}" : Json.line(answer.body());
            var type = answer.isSuccess() ? "application/json" : "application/problem+json";
            return new Reply(answer.status(), type, json.getBytes(UTF_8), "", Reply.OWN_FILES_ONLY);
        } catch (IOException away) {
            throw new RefusedException(Problem.UNAVAILABLE, "The gateway did not answer: " + away.getMessage());
        }
    }

    private static UUID uuid(String text) throws RefusedException {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw new RefusedException(Problem.INVALID_REQUEST, "This is not the id of a sale.");
        }
    }
}
