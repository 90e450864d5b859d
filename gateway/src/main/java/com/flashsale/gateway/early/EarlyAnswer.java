package com.flashsale.gateway.early;

import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A short way for one kind of request. It says exactly what the usual way would say, or nothing: then the request goes the usual way. Called
 * on the connection's event loop, so it may not wait.
 */
public interface EarlyAnswer {

    /** A first look, which has to cost next to nothing: whether {@link #to} is worth asking. */
    boolean isAbout(EarlyRequest request);

    @Nullable
    FullHttpResponse to(EarlyRequest request, byte[] body);

    /** Nobody had an answer to this request, whole as it is, so it goes the usual way now. Its {@link #ended} follows. */
    default void passed(EarlyRequest request) {}

    /** A request that was {@link #passed} has its answer, or the connection is gone. */
    default void ended(EarlyRequest request) {}
}
