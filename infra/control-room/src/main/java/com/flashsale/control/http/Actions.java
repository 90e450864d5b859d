package com.flashsale.control.http;

import com.flashsale.client.Json;
import com.flashsale.client.ToolException;
import com.flashsale.control.fault.Fault;
import com.flashsale.control.fault.Faults;
import com.flashsale.control.live.Marker.Kind;
import com.flashsale.control.live.Timeline;
import com.flashsale.control.load.LoadStories;
import com.flashsale.control.load.LoadStory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The actions from outside of the platform: faults and load tests. */
public final class Actions {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final Faults faults;
    private final LoadStories loadStories;
    private final Timeline timeline;

    public Actions(Faults faults, LoadStories loadStories, Timeline timeline) {
        this.faults = faults;
        this.loadStories = loadStories;
        this.timeline = timeline;
    }

    /** All faults, those that go on, and the markers of faults. */
    Reply faults() {
        // first the active ones: a marker of an end that is missing here belongs to a fault that still goes on
        var active = faults.active();
        var markers = timeline.all().stream()
                .filter(marker -> marker.kind() == Kind.FAULT)
                .toList();
        return Reply.json(OK, Json.line(Map.of("faults", faults.offered(), "active", active, "markers", markers)));
    }

    Reply heal() {
        faults.heal();
        return Reply.json(ACCEPTED, Json.line(Map.of("active", faults.active())));
    }

    /** @param body the number "seconds", from 1 to 60, or nothing */
    Reply fault(String name, JsonNode body) throws RefusedException {
        var offered = faults.offered();
        var fault = offered.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> notOffered("faults", offered.stream().map(Fault::name)));
        return switch (faults.begin(fault, time(body))) {
            case Faults.Outcome.Begun(var begun) -> Reply.json(ACCEPTED, Json.line(begun));
            case Faults.Outcome.Refused(var why) -> throw new RefusedException(Problem.CONFLICT, why);
        };
    }

    private static RefusedException notOffered(String what, Stream<String> offered) {
        var names = offered.collect(Collectors.joining(", "));
        return new RefusedException(
                Problem.NOT_FOUND,
                names.isEmpty()
                        ? "There are no " + what + " for a platform that runs elsewhere."
                        : "The " + what + " are " + names + ".");
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

    /** All load tests, and the one that runs. */
    Reply loadTests() {
        return loadTests(OK);
    }

    private Reply loadTests(int status) {
        var running = loadStories.running();
        var list = running == null ? List.of() : List.of(running);
        return Reply.json(status, Json.line(Map.of("stories", loadStories.offered(), "running", list)));
    }

    Reply startLoadTest(String name) throws RefusedException, IOException {
        var offered = loadStories.offered();
        var story = offered.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> notOffered("load tests", offered.stream().map(LoadStory::name)));
        try {
            return switch (loadStories.begin(story)) {
                case LoadStories.Outcome.Begun(var running) -> Reply.json(ACCEPTED, Json.line(running));
                case LoadStories.Outcome.Refused(var why) -> throw new RefusedException(Problem.CONFLICT, why);
            };
        } catch (ToolException notBuilt) {
            throw new RefusedException(Problem.CONFLICT, String.valueOf(notBuilt.getMessage()));
        }
    }

    Reply stopLoadTest() {
        loadStories.stop();
        return loadTests(ACCEPTED);
    }
}
