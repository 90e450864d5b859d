package com.flashsale.gateway.fastpath;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Responses that Reactor Netty owes to one connection, in the order of their requests. */
final class DueResponses {

    private static final int FEW = 4;

    private final FastPaths paths;
    private final Deque<Due> responses = new ArrayDeque<>(FEW);

    /** @param request null for a request that no fast path has seen */
    private record Due(@Nullable FastPathRequest request) {

        static final Due UNSEEN = new Due(null);
    }

    DueResponses(FastPaths paths) {
        this.paths = paths;
    }

    /** @param seen the request, if the fast paths count it as forwarded */
    void add(@Nullable FastPathRequest seen) {
        responses.add(seen == null ? Due.UNSEEN : new Due(seen));
    }

    int size() {
        return responses.size();
    }

    /** Ends the first response; none is no fault, since Reactor Netty may answer before a request has ended. */
    void endOne() {
        var due = responses.poll();
        if (due != null && due.request() != null) paths.ended(due.request());
    }

    void endAll() {
        while (!responses.isEmpty()) endOne();
    }
}
