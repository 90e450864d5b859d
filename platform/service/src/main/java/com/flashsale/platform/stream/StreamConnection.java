package com.flashsale.platform.stream;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Where Tomcat hands over the socket of a stream. Tomcat makes it, so it is public and has no arguments. */
public final class StreamConnection implements InternalHttpUpgradeHandler {

    private static final int IGNORED_BYTES = 512;

    private @Nullable EventStream stream;
    private @Nullable SocketWrapperBase<?> socket;

    /** Before the request ends, so before there is a socket. */
    void carries(EventStream carried) {
        stream = carried;
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        socket = wrapper;
    }

    @Override
    public void init(WebConnection connection) {
        if (stream != null && socket != null) stream.begin(socket);
    }

    /** A reader sends nothing that matters: input is discarded, and its end means that the reader has left. */
    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        var goesOn = event == SocketEvent.OPEN_READ && isThere();
        if (!goesOn) destroy();
        return goesOn ? SocketState.UPGRADED : SocketState.CLOSED;
    }

    private boolean isThere() {
        if (socket == null) return false;
        var ignored = ByteBuffer.allocate(IGNORED_BYTES);
        try {
            int read;
            do {
                read = socket.read(false, ignored.clear());
            } while (read > 0);
            return read == 0;
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public void destroy() {
        if (stream != null) stream.hasEnded();
    }

    @Override
    public void pause() {
        // streams end when their service says so
    }

    @Override
    public void timeoutAsync(long now) {
        // a stream has no deadline of Tomcat's
    }

    @Override
    public void setSslSupport(SSLSupport ssl) {
        // ends at the gateway
    }
}
