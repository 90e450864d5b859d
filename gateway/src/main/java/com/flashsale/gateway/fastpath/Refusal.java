package com.flashsale.gateway.fastpath;

import static com.flashsale.platform.problem.ProblemTypes.INVALID_REQUEST;

import com.flashsale.platform.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused for its form.
 *
 * @param request null when the fault is in the body of a request that was passed on
 * @param fault null for a question about the server as a whole, which is answered here too
 * @param stays whether the connection is as good as before: the end of the request is known, and nothing is before it
 */
record Refusal(@Nullable FastPathRequest request, @Nullable ProblemException fault, boolean stays) {

    static Refusal unreadableBody(@Nullable FastPathRequest request) {
        var fault = new ProblemException(INVALID_REQUEST, "The body is not framed as HTTP/1.1 asks.");
        return new Refusal(request, fault, false);
    }

    /** Count of due responses that belong to this request itself. */
    int ownDue() {
        return request == null ? 1 : 0;
    }
}
