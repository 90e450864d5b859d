package com.flashsale.gateway.fastpath;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes a request to a service on the connection itself, without an exchange. */
public interface FastPathForwarder {

    /**
     * The request, ready to go; null where it takes the usual path. Called on the event loop of the connection, so it
     * must not block.
     */
    @Nullable
    ForwardedRequest forward(FastPathRequest request, Supplier<byte[]> body, ClientConnection client);

    /** A request on its way to a service. All methods run on the event loop of its connection. */
    interface ForwardedRequest {

        /** Sends the request; the response ends with {@link ClientConnection#end} or {@link ClientConnection#cut}. */
        void begin();

        /** The client has read of its response, so more of it may be written. */
        void clientReads();

        /** The client is gone: its response is of no more use. */
        void clientGone();
    }
}
