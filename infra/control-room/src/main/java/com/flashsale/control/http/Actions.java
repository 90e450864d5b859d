package com.flashsale.control.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.client.Json;
import com.flashsale.control.fault.Fault;
import com.flashsale.control.fault.Faults;
import com.flashsale.control.live.Marker.Kind;
import com.flashsale.control.live.Timeline;
import com.flashsale.control.steer.SaleSteering;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The actions of a person: faults, and those of an operator on sales. */
public final class Actions {

    private static final int ACCEPTED = 202;

    private final SaleSteering steering;
    private final Faults faults;
    private final Timeline timeline;

    public Actions(SaleSteering steering, Faults faults, Timeline timeline) {
        this.steering = steering;
        this.faults = faults;
        this.timeline = timeline;
    }

    /** All faults, those that go on, and the markers of faults. */
    Reply faults() {
        // first the active ones: a marker of an end that is missing here belongs to a fault that still goes on
        var active = faults.active();
        var markers = timeline.all().stream()
                .filter(marker -> marker.kind() == Kind.FAULT)
                .toList();
        return Reply.json(200, Json.line(Map.of("faults", Fault.all(), "active", active, "markers", markers)));
    }

    Reply heal() {
        faults.heal();
        return Reply.json(ACCEPTED, Json.line(Map.of("active", faults.active())));
    }

    /** @param body the number "seconds", from 1 to 60, or nothing */
    Reply fault(String name, JsonNode body) throws RefusedException {
        var fault = Fault.named(name)
                .orElseThrow(() -> new RefusedException(
                        Problem.NOT_FOUND,
                        "The faults are "
                                + Fault.all().stream().map(Fault::name).collect(Collectors.joining(", ")) + "."));
        return switch (faults.begin(fault, time(body))) {
            case Faults.Outcome.Begun(var begun) -> Reply.json(ACCEPTED, Json.line(begun));
            case Faults.Outcome.Refused(var why) -> throw new RefusedException(Problem.CONFLICT, why);
        };
    }

    private static Duration time(JsonNode body) throws RefusedException {
        if (!body.isObject()) throw new RefusedException(Problem.INVALID_REQUEST, "Send a JSON object.");
        var seconds = body.path("seconds");
        if (seconds.isMissingNode()) return Faults.USUAL;
        long most = Faults.LONGEST.toSeconds();
        if (!seconds.isInt() || seconds.asInt() < 1 || seconds.asInt() > most) {
            throw new RefusedException(
                    Problem.INVALID_REQUEST, "The field seconds is a whole number from 1 to " + most + ".");
        }
        return Duration.ofSeconds(seconds.asInt());
    }

    /** The response of catalog-service, as it is. */
    Reply sale(String id, String action) throws RefusedException, InterruptedException {
        if (!SaleSteering.ACTIONS.contains(action)) {
            throw new RefusedException(
                    Problem.NOT_FOUND, "The actions are " + String.join(", ", SaleSteering.ACTIONS) + ".");
        }
        try {
            var answer = steering.act(uuid(id), action);
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
