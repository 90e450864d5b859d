package com.flashsale.load.http;

import java.nio.charset.StandardCharsets;

/**
 * What came back.
 *
 * @param status 0 when nothing came; then the body names the reason: timeout, refused, closed, full
 * @param retryAfter whether the answer said when to come back
 * @param body empty for a success whose body nobody asked for
 */
public record Answer(int status, boolean retryAfter, byte[] body) {

    private static final String TYPE = "/problems/";
    private static final byte[] NOTHING = {};

    static Answer none(String reason) {
        return new Answer(0, false, reason.getBytes(StandardCharsets.US_ASCII));
    }

    static Answer of(int status, boolean retryAfter) {
        return new Answer(status, retryAfter, NOTHING);
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

    /** What it is counted under: {@code 202}, {@code 503 overloaded}, {@code timeout}. */
    public String kind() {
        if (status == 0) return text();
        var problem = isSuccess() ? "" : problem();
        return problem.isEmpty() ? Integer.toString(status) : status + " " + problem;
    }

    /** The text of a member of a flat JSON object; empty if there is none. No parser: it is asked thousands of times a second. */
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
