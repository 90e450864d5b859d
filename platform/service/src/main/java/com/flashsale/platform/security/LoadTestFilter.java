package com.flashsale.platform.security;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import com.flashsale.platform.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tags the work of a request with its load test, if its caller may run one: by header, or by the claim of a synthetic
 * customer's token. From anybody else the header means nothing, since tagged data is data that a purge removes. While
 * load tests are switched off, and after the purge of this one, the request ends here.
 */
final class LoadTestFilter extends OncePerRequestFilter {

    static final String AUTHORITY = "SCOPE_load-test";

    private final ProblemWriter problems;
    private final LoadTests loadTests;

    LoadTestFilter(ProblemWriter problems, LoadTests loadTests) {
        this.problems = problems;
        this.loadTests = loadTests;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var sent = tagOf(request, SecurityContextHolder.getContext().getAuthentication());
        if (sent == null) {
            chain.doFilter(request, response);
        } else if (LoadTest.valid(sent).isEmpty()) {
            // ignored, it would let a load test write what looks like real orders
            problems.write(
                    response,
                    new ProblemException(ProblemTypes.INVALID_REQUEST, "The name of the load test is not valid."));
        } else {
            var refusal = loadTests.refusal(sent);
            if (refusal.isPresent()) {
                problems.write(response, refusal.get());
                return;
            }
            try (var _ = LoadTest.open(sent)) {
                chain.doFilter(request, response);
            }
        }
    }

    /** The tag that the caller sends or carries and may use; it need not be a valid one. */
    static @Nullable String tagOf(HttpServletRequest request, @Nullable Authentication caller) {
        if (!(caller instanceof JwtAuthenticationToken token)) return null;
        var header = request.getHeader(LoadTest.HEADER);
        var mayTag = token.getAuthorities().stream().anyMatch(granted -> AUTHORITY.equals(granted.getAuthority()));
        return header != null && mayTag ? header : token.getToken().getClaimAsString(LoadTest.CLAIM);
    }
}
