package com.flashsale.client.api;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The response to a call: the status, the JSON (a missing node when there was none), and the wait that the server asks
 * for, if any.
 */
public record Answer(int status, JsonNode body, Optional<Duration> retryAfter) {

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** The body of a success; anything else is a fault. */
    public JsonNode require(Call call) {
        if (!isSuccess()) {
            throw new UnexpectedAnswer(call + " was answered with " + this);
        }
        return body;
    }

    /**
     * The stable name of a refusal, from its problem type: {@code sold-out}, {@code not-your-turn}. Empty for a
     * success.
     */
    public String problem() {
        var type = text("type");
        return isSuccess() ? "" : type.substring(type.lastIndexOf('/') + 1);
    }

    public String text(String field) {
        return body.path(field).asString("");
    }

    @Override
    public String toString() {
        return status + (body.isMissingNode() ? "" : " " + body);
    }
}
