package com.flashsale.gateway.fastpath;

import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A fast path for one kind of request. It gives exactly the response of the usual path, or null: then the request takes
 * the usual path. Called on the connection's event loop, so it must not block.
 */
public interface FastPath {

    /** A cheap first check: whether {@link #respond} is worth a call. */
    boolean accepts(FastPathRequest request);

    @Nullable
    FullHttpResponse respond(FastPathRequest request, byte[] body);

    /** No fast path answers this complete request, so it takes the usual path now. A call of {@link #ended} follows. */
    default void forwarded(FastPathRequest request) {}

    /** A request that was {@link #forwarded} has its response, or the connection is gone. */
    default void ended(FastPathRequest request) {}
}
