package com.flashsale.platform.fastpath;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import org.jspecify.annotations.Nullable;

/** A request whose body was read, or failed to be read, and is read once more with the same result. */
final class ReplayedRequest extends HttpServletRequestWrapper {

    private final BodyStream body;

    ReplayedRequest(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = new BodyStream(body, null);
    }

    /** @param cutOff why the client's body could not be read */
    ReplayedRequest(HttpServletRequest request, IOException cutOff) {
        super(request);
        this.body = new BodyStream(new byte[0], cutOff);
    }

    @Override
    public ServletInputStream getInputStream() {
        return body;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(body, UTF_8));
    }

    private static final class BodyStream extends ServletInputStream {

        private final ByteArrayInputStream bytes;
        private final @Nullable IOException failure;

        BodyStream(byte[] body, @Nullable IOException failure) {
            this.bytes = new ByteArrayInputStream(body);
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            if (failure != null) throw failure;
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (failure != null) throw failure;
            return bytes.read(buffer, offset, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return failure == null && bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The body is in memory: read it without a listener.");
        }
    }
}
