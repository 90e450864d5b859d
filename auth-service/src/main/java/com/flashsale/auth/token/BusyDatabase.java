package com.flashsale.auth.token;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/** No connection within its second, or a lock that was not given: 503 in the words of RFC 6749 instead of an error of ours. */
final class BusyDatabase extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(BusyDatabase.class);
    private static final byte[] ANSWER = "{\"error\":\"temporarily_unavailable\"}".getBytes(StandardCharsets.UTF_8);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (CannotCreateTransactionException
                | TransientDataAccessException
                | DataAccessResourceFailureException busy) {
            log.warn("Answered 503: {}", busy.toString());
            response.resetBuffer();
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream().write(ANSWER);
        }
    }
}
