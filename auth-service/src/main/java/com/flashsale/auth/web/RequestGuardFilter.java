package com.flashsale.auth.web;

import com.flashsale.platform.database.DatabaseFailures;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import com.flashsale.platform.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands in front of sessions and security. The guard refuses parameters that are no text (broken percent-encoding, NUL
 * and other control characters, halves of characters) and repeated parameters of OAuth before other code reads them. A
 * database that gives no connection within a second leads to a 503, also for requests that reach no controller.
 */
final class RequestGuardFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(RequestGuardFilter.class);
    private static final byte[] BUSY = "{\"error\":\"temporarily_unavailable\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] REPEATED =
            "{\"error\":\"invalid_request\",\"error_description\":\"A parameter is sent more than once.\"}"
                    .getBytes(StandardCharsets.UTF_8);
    private static final Set<String> OF_CLIENTS = Set.of("/oauth2/token", "/oauth2/revoke", "/oauth2/introspect");

    /** RFC 8707 and RFC 8693 allow several of these. */
    private static final Set<String> MAY_REPEAT = Set.of("resource", "audience");

    private static final String TEXT_CONTROLS = "\t\r\n";

    private final ProblemWriter problems;
    private final ErrorPage page;

    RequestGuardFilter(ProblemWriter problems, ErrorPage page) {
        this.problems = problems;
        this.page = page;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var status = statusOfParameters(request);
        if (status != HttpStatus.OK.value()) {
            refuse(request, response, status);
            return;
        }
        if (repeatsParameter(request)) {
            answer(response, HttpStatus.BAD_REQUEST, REPEATED);
            return;
        }
        try {
            chain.doFilter(request, ErrorPage.isWantedBy(request) ? new PageForErrors(request, response) : response);
        } catch (RuntimeException failure) {
            if (response.isCommitted() || !DatabaseFailures.isUnavailable(failure)) throw failure;
            log.warn("Answered 503: {}", failure.toString());
            answerBusy(request, response);
        }
    }

    private static int statusOfParameters(HttpServletRequest request) {
        try {
            var readable = request.getParameterMap().entrySet().stream()
                    .allMatch(parameter -> isText(parameter.getKey())
                            && Arrays.stream(parameter.getValue()).allMatch(RequestGuardFilter::isText));
            return readable ? HttpStatus.OK.value() : HttpStatus.BAD_REQUEST.value();
        } catch (InvalidParameterException broken) {
            return broken.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value()
                    ? HttpStatus.CONTENT_TOO_LARGE.value()
                    : HttpStatus.BAD_REQUEST.value();
        }
    }

    /**
     * RFC 6749, section 3.2, forbids it, and the framework expects one value: with two it fails instead of refusing.
     */
    private static boolean repeatsParameter(HttpServletRequest request) {
        return OF_CLIENTS.contains(request.getRequestURI())
                && request.getParameterMap().entrySet().stream()
                        .anyMatch(parameter ->
                                parameter.getValue().length > 1 && !MAY_REPEAT.contains(parameter.getKey()));
    }

    private static boolean isText(String value) {
        return value.codePoints()
                .noneMatch(character -> Character.getType(character) == Character.SURROGATE
                        || (character < ' ' && TEXT_CONTROLS.indexOf(character) < 0)
                        || character == 0x7f);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        if (ErrorPage.isWantedBy(request)) {
            page.write(response, request, status);
        } else if (status == HttpStatus.CONTENT_TOO_LARGE.value()) {
            problems.write(response, new ProblemException(ProblemTypes.PAYLOAD_TOO_LARGE, "Send a smaller body."));
        } else {
            problems.write(
                    response,
                    new ProblemException(
                            ProblemTypes.INVALID_REQUEST,
                            "A parameter is not well-formed text: percent-encoded UTF-8 without control characters."));
        }
    }

    private void answerBusy(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        if (ErrorPage.isWantedBy(request)) {
            page.write(response, request, HttpStatus.SERVICE_UNAVAILABLE.value());
        } else if (request.getRequestURI().startsWith("/api/")) {
            problems.write(response, new ProblemException(ProblemTypes.OVERLOADED, "Try again in a second."));
        } else {
            answer(response, HttpStatus.SERVICE_UNAVAILABLE, BUSY);
        }
    }

    /** Answers in the format of RFC 6749. */
    private static void answer(HttpServletResponse response, HttpStatus status, byte[] body) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(body);
    }

    /** Filters of the framework answer errors by sendError; a person gets a page for it. */
    private final class PageForErrors extends HttpServletResponseWrapper {

        private final HttpServletRequest request;

        PageForErrors(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public void sendError(int status) throws IOException {
            if (isCommitted()) return;
            resetBuffer();
            page.write((HttpServletResponse) getResponse(), request, status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            sendError(status);
        }
    }
}
