package com.flashsale.gateway.fastpath;

import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A fast path for one kind of request. It gives exactly the response of the usual path, or null: then the request takes
 * the usual path. Called on the connection's event loop, so it must not block.
 */
public interface EarlyAnswer {

    /** A cheap first check: whether {@link #to} is worth a call. */
    boolean isAbout(EarlyRequest request);

    @Nullable
    FullHttpResponse to(EarlyRequest request, byte[] body);

    /** No fast path answers this complete request, so it takes the usual path now. A call of {@link #ended} follows. */
    default void passed(EarlyRequest request) {}

    /** A request that was {@link #passed} has its response, or the connection is gone. */
    default void ended(EarlyRequest request) {}
}
