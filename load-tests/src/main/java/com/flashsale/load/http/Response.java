package com.flashsale.load.http;

import java.nio.charset.StandardCharsets;

/**
 * The response to a request, or the reason why there is none.
 *
 * @param status 0 without a response; the body then names the reason: timeout, refused, closed, full
 * @param retryAfter whether the response said when to come back
 * @param body empty for a success unless the request wants its body
 */
public record Response(int status, boolean retryAfter, byte[] body) {

    private static final String TYPE = "/problems/";
    private static final byte[] NOTHING = {};

    static Response none(String reason) {
        return new Response(0, false, reason.getBytes(StandardCharsets.US_ASCII));
    }

    static Response of(int status, boolean retryAfter) {
        return new Response(status, retryAfter, NOTHING);
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The last part of a problem's type, or an empty text. */
    public String problem() {
        var text = text();
        int from = text.indexOf(TYPE);
        if (from < 0) return "";
        int to = text.indexOf('"', from);
        return to < 0 ? "" : text.substring(from + TYPE.length(), to);
    }

    /** The key of this answer in a run's counts: {@code 202}, {@code 503 overloaded}, {@code timeout}. */
    public String kind() {
        if (status == 0) return text();
        var problem = isSuccess() ? "" : problem();
        return problem.isEmpty() ? Integer.toString(status) : status + " " + problem;
    }

    /**
     * The text of a member of a flat JSON object; empty if there is none. It uses no parser, because it runs thousands
     * of times a second.
     */
    public String member(String name) {
        var text = text();
        var quoted = '"' + name + "\":\"";
        int from = text.indexOf(quoted);
        if (from < 0) return "";
        int begin = from + quoted.length();
        int to = text.indexOf('"', begin);
        return to < 0 ? "" : text.substring(begin, to);
    }
}
