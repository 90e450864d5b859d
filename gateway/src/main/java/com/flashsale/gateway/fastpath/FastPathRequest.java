package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.client.CanonicalPath;
import com.flashsale.gateway.client.Client;
import com.flashsale.gateway.client.Clients;
import com.flashsale.gateway.route.Endpoint;
import com.flashsale.gateway.route.Endpoints;
import com.flashsale.platform.observability.TraceContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/** The head of a request as it came over the connection. Values that few requests need are computed on first use. */
public final class FastPathRequest {

    private static final String SCHEME = "http"; // this server speaks nothing else; a trusted proxy may

    /** In bytes: orders and joins are much smaller. */
    private static final long LARGEST_BODY = 4096;

    private final HttpRequest head;
    private final InetSocketAddress peer;
    private final Clients clients;
    private final String path;
    private final HttpMethod method;
    private @Nullable TraceContext trace;
    private @Nullable Client client;
    private @Nullable Endpoint endpoint;

    FastPathRequest(HttpRequest head, InetSocketAddress peer, Clients clients) {
        this.head = head;
        this.peer = peer;
        this.clients = clients;
        var query = head.uri().indexOf('?');
        path = query < 0 ? head.uri() : head.uri().substring(0, query);
        method = HttpMethod.valueOf(head.method().name());
    }

    /**
     * Whether the request may take a fast path. A malformed request has a response of its own, and a body that does not
     * come at once has a time limit.
     */
    boolean isEligible() {
        return head.decoderResult().isSuccess()
                && !HttpUtil.isTransferEncodingChunked(head)
                && !HttpUtil.is100ContinueExpected(head)
                && contentLength() <= LARGEST_BODY;
    }

    public HttpMethod method() {
        return method;
    }

    public String path() {
        return path;
    }

    /** The path with the query, as the client sent it. */
    public String target() {
        return head.uri();
    }

    /** In bytes; zero where the head names none. */
    public long contentLength() {
        return HttpUtil.getContentLength(head, 0L);
    }

    public boolean isKeepAlive() {
        return HttpUtil.isKeepAlive(head);
    }

    public boolean isHttp11() {
        return HttpVersion.HTTP_1_1.equals(head.protocolVersion());
    }

    public HttpHeaders headers() {
        return head.headers();
    }

    HttpRequest head() {
        return head;
    }

    /** Its row of the table; the fallback row where there is none or the path is not plain. */
    public Endpoint endpoint() {
        if (endpoint == null) {
            endpoint = CanonicalPath.isCanonical(path)
                    ? Endpoints.match(method, PathContainer.parsePath(path)).endpointOrUnknown()
                    : Endpoint.unknown();
        }
        return endpoint;
    }

    public Client client() {
        if (client == null) client = clients.of(peer.getAddress(), SCHEME, head.headers()::getAll);
        return client;
    }

    public TraceContext trace() {
        if (trace == null) {
            var sent = head.headers().getAll(TraceContext.HEADER);
            trace = TraceContext.ofRequest(sent.size() == 1 ? sent.getFirst() : null);
        }
        return trace;
    }
}
