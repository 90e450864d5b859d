package com.flashsale.control.http;

import com.flashsale.client.Json;
import java.util.Locale;
import java.util.Map;

/** A refusal, as a problem document (RFC 9457) with the names that the services use. */
public enum Problem {
    INVALID_REQUEST(400, "The request is not valid."),
    FORBIDDEN(403, "This request comes from another site."),
    NOT_FOUND(404, "There is nothing at this path."),
    METHOD_NOT_ALLOWED(405, "Method not allowed for this path."),
    CONFLICT(409, "The state of the platform does not allow this."),
    BODY_TOO_LARGE(413, "The body of the request is too large."),
    MISDIRECTED_REQUEST(421, "This server does not answer for this host."),
    OVERLOADED(503, "Too many requests at once."),
    UNAVAILABLE(502, "The platform did not answer.");

    private static final String BASE = "https://flash-sale.example/problems/";

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    /** @param detail what to do next */
    String json(String detail) {
        return Json.line(Map.of(
                "type", BASE + name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "code", name(),
                "status", status,
                "title", title,
                "detail", detail));
    }
}
