package com.flashsale.auth.token;

import com.flashsale.auth.signin.Continuation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Who is not known yet: a browser that asks for an authorization goes to the sign-in page; programs get the answers of their RFCs. */
final class SignInFirst implements AuthenticationEntryPoint {

    private static final byte[] INVALID_CLIENT = "{\"error\":\"invalid_client\"}".getBytes(StandardCharsets.UTF_8);

    private final AuthenticationEntryPoint bearer = new BearerTokenAuthenticationEntryPoint();

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException unknown)
            throws IOException, jakarta.servlet.ServletException {
        var page = Continuation.signInPageFor(request);
        if (page != null) {
            // a relative address: the browser stays at the gateway's origin, whatever this process believes its own to
            // be
            response.setStatus(HttpStatus.FOUND.value());
            response.setHeader(HttpHeaders.LOCATION, page);
        } else if (request.getRequestURI().startsWith("/oauth2/")) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"clients\"");
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream().write(INVALID_CLIENT);
        } else {
            bearer.commence(request, response, unknown);
        }
    }
}
