package com.flashsale.control.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The response to one request, in memory.
 *
 * @param etag empty for what must not be kept
 * @param policy the content security policy
 */
public record Reply(int status, String type, byte[] body, String etag, String policy) {

    /** Everything from this server, nothing inline, no frame around it. */
    static final String OWN_FILES_ONLY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** For a page that names its own style in a policy of its own. */
    static final String OWN_STYLE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src 'none'";

    public static Reply json(int status, String json) {
        return new Reply(status, "application/json", json.getBytes(UTF_8), "", OWN_FILES_ONLY);
    }

    public static Reply problem(Problem problem, String detail) {
        return new Reply(
                problem.status(),
                "application/problem+json",
                problem.json(detail).getBytes(UTF_8),
                "",
                OWN_FILES_ONLY);
    }

    /** Text for a terminal. */
    public static Reply text(int status, String text) {
        return new Reply(status, "text/plain;charset=UTF-8", text.getBytes(UTF_8), "", OWN_FILES_ONLY);
    }

    /** A page with its style inside, which its own policy allows by a hash. */
    public static Reply page(int status, String html) {
        return new Reply(status, "text/html;charset=UTF-8", html.getBytes(UTF_8), "", OWN_STYLE);
    }
}
