package com.flashsale.platform.web;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a path, a query or a form that is not well-formed text, before any filter or controller reads it. The
 * container reads parameters at their first use and fails there: without this filter a caller's mistake is a fault of
 * the service.
 */
final class RequestTextFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    RequestTextFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!RequestText.isWellFormed(request.getRequestURI()) || !RequestText.isWellFormed(request.getQueryString())) {
            problems.write(response, illFormed());
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failure) {
            var refusal = refusalOf(failure);
            if (refusal == null || response.isCommitted()) throw failure;
            response.reset();
            problems.write(response, refusal);
        }
    }

    /** The problem for what the container or the firewall refuses to read; nothing for any other failure. */
    static @Nullable ProblemException refusalOf(@Nullable Throwable failure) {
        return switch (failure) {
            case InvalidParameterException tooLarge
            when tooLarge.getErrorCode() == 413 ->
                new ProblemException(ProblemTypes.PAYLOAD_TOO_LARGE, "Send a smaller body.");
            case InvalidParameterException _, RequestRejectedException _ -> illFormed();
            case ServletException wrapper -> refusalOf(wrapper.getCause());
            case null, default -> null;
        };
    }

    static ProblemException illFormed() {
        return new ProblemException(
                ProblemTypes.INVALID_REQUEST,
                "Send path, query, form and headers as percent-encoded UTF-8 without control characters.");
    }
}
