package com.flashsale.gateway.fastpath;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * The way back to the client of one forwarded request. All methods are for the event loop of the connection; each
 * written message is released.
 */
public interface ClientConnection {

    /** The connection itself, for its event loop, its type and its writability; it is not for writing. */
    Channel channel();

    void write(HttpObject part);

    void flush();

    /** Writes the end of the response, or a whole one. The connection goes on with its next request. */
    void end(LastHttpContent last);

    /** Ends the connection, so that the client does not take half a response for a whole one. */
    void cut();
}
