package com.flashsale.gateway.fastpath;

import static com.flashsale.platform.problem.ProblemTypes.INVALID_REQUEST;
import static com.flashsale.platform.problem.ProblemTypes.METHOD_NOT_ALLOWED;

import com.flashsale.gateway.client.CanonicalPath;
import com.flashsale.gateway.client.CanonicalQuery;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of RFC 9110 and RFC 9112 for the head of a request, checked once and before any other code reads it. A
 * target in absolute form is rewritten to the usual form (RFC 9112, section 3.2.2), so the rest of the gateway knows
 * one form only.
 */
final class HeadRules {

    static final String ALLOW = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private static final ProblemType URI_TOO_LONG = new ProblemType("uri-too-long", 414, "The address is too long.");
    private static final ProblemType HEADERS_TOO_LARGE =
            new ProblemType("headers-too-large", 431, "The headers are too large.");
    private static final ProblemType EXPECTATION_FAILED =
            new ProblemType("expectation-failed", 417, "The expectation cannot be met.");
    private static final ProblemType NOT_IMPLEMENTED =
            new ProblemType("not-implemented", 501, "The server does not implement this.");

    private static final Set<String> METHODS = Set.of(ALLOW.split(", "));
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]+)(.*)");
    private static final Pattern HOST =
            Pattern.compile("[a-zA-Z0-9._~-]{1,253}(:[0-9]{0,5})?|\\[[0-9a-fA-F:.]{2,45}](:[0-9]{0,5})?");

    private HeadRules() {}

    /** The fault of a head; null for a valid one. */
    static @Nullable ProblemException faultOf(HttpRequest head) {
        if (head.decoderResult().isFailure())
            return unreadable(head.decoderResult().cause());
        var fault = faultOfMethod(head);
        if (fault == null) fault = faultOfFraming(head);
        if (fault == null) fault = faultOfHost(head);
        return fault != null ? fault : faultOfTarget(head);
    }

    static boolean isKnown(String method) {
        return METHODS.contains(method);
    }

    /**
     * Whether the request is {@code OPTIONS *}, which alone concerns the server as a whole (RFC 9110, section 9.3.7).
     */
    static boolean isAboutServer(HttpRequest head) {
        return head.uri().equals("*");
    }

    /** Whether the request ends with its head for certain: a fault in it then leaves the connection usable. */
    static boolean isWhole(HttpRequest head) {
        return head.decoderResult().isSuccess()
                && faultOfFraming(head) == null
                && faultOfHost(head) == null
                && !HttpUtil.isTransferEncodingChunked(head)
                && HttpUtil.getContentLength(head, 0L) == 0;
    }

    private static ProblemException unreadable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> new ProblemException(URI_TOO_LONG, "An address may have 8 KB.");
            case TooLongHttpHeaderException _ ->
                new ProblemException(HEADERS_TOO_LARGE, "All headers together may have 16 KB.");
            default -> invalid("This is not a request of HTTP/1.1.");
        };
    }

    private static @Nullable ProblemException faultOfMethod(HttpRequest head) {
        var method = head.method().name();
        if (isKnown(method)) return null;
        return method.equals("TRACE")
                ? new ProblemException(METHOD_NOT_ALLOWED, "TRACE is not allowed for any path.")
                : new ProblemException(NOT_IMPLEMENTED, "The server does not implement this method.");
    }

    private static @Nullable ProblemException faultOfFraming(HttpRequest head) {
        var version = head.protocolVersion();
        if (version.majorVersion() != 1) return invalid("The server speaks HTTP/1.1.");
        var headers = head.headers();
        var coding = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!coding.isEmpty()) {
            if (version.equals(HttpVersion.HTTP_1_0)) return invalid("HTTP/1.0 has no Transfer-Encoding.");
            if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
                return invalid("A request has a Content-Length or a Transfer-Encoding, not both.");
            }
            if (coding.size() > 1 || !coding.getFirst().equalsIgnoreCase("chunked")) {
                return new ProblemException(NOT_IMPLEMENTED, "The only transfer coding is chunked.");
            }
        }
        var expected = headers.get(HttpHeaderNames.EXPECT);
        return expected == null || expected.equalsIgnoreCase("100-continue")
                ? null
                : new ProblemException(EXPECTATION_FAILED, "The only expectation is 100-continue.");
    }

    private static @Nullable ProblemException faultOfHost(HttpRequest head) {
        var hosts = head.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1) return invalid("A request has one Host header.");
        if (hosts.isEmpty()) {
            return head.protocolVersion().equals(HttpVersion.HTTP_1_0)
                    ? null
                    : invalid("A request of HTTP/1.1 has a Host header.");
        }
        return HOST.matcher(hosts.getFirst()).matches() ? null : invalid("The Host header is no name of a host.");
    }

    private static @Nullable ProblemException faultOfTarget(HttpRequest head) {
        if (isAboutServer(head)) {
            return head.method().name().equals("OPTIONS") ? null : invalid("Only OPTIONS has the target *.");
        }
        var target = head.uri();
        if (!target.startsWith("/")) {
            var absolute = ABSOLUTE.matcher(target);
            if (!absolute.matches() || !HOST.matcher(absolute.group(1)).matches()) {
                return invalid("The target of the request is no address.");
            }
            head.headers().set(HttpHeaderNames.HOST, absolute.group(1));
            target = absolute.group(2).startsWith("/") ? absolute.group(2) : "/" + absolute.group(2);
            head.setUri(target);
        }
        var question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        if (path.length() > CanonicalPath.LONGEST)
            return new ProblemException(URI_TOO_LONG, "A path may have 512 characters.");
        if (!CanonicalPath.isCanonical(path)) return invalid("A path has plain letters, digits, hyphens and dots.");
        return question < 0 || CanonicalQuery.isReadable(target, question + 1)
                ? null
                : invalid("The query is not valid UTF-8 with percent encoding.");
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(INVALID_REQUEST, detail);
    }
}
