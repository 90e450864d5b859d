package com.flashsale.gateway.fastpath;

/** Event streams that the gateway writes itself. A stream takes its connection over for good. */
public interface FastPathStreams {

    boolean accepts(FastPathRequest request);

    /** Called on the connection's event loop; may decide later, on any thread. */
    void open(FastPathRequest request, StreamConnection connection);
}
