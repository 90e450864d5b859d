package com.flashsale.auth.token;

import com.flashsale.auth.signin.SavedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Answers unauthenticated requests: browsers are redirected to the sign-in page, programs get the error of RFC 6749 or
 * RFC 6750.
 */
final class LoginRedirectEntryPoint implements AuthenticationEntryPoint {

    private static final byte[] INVALID_CLIENT = "{\"error\":\"invalid_client\"}".getBytes(StandardCharsets.UTF_8);

    private final AuthenticationEntryPoint bearer = new BearerTokenAuthenticationEntryPoint();
    private final RegisteredClientRepository clients;

    LoginRedirectEntryPoint(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException unknown)
            throws IOException, jakarta.servlet.ServletException {
        var refusal = silentRefusalOf(request);
        var page = SavedRequest.signInPageFor(request);
        if (refusal != null) {
            response.setStatus(HttpStatus.FOUND.value());
            response.setHeader(HttpHeaders.LOCATION, refusal);
        } else if (page != null) {
            // a relative address: the browser stays at the gateway's origin, not at this process's
            // own
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

    /**
     * The redirect of a client that asked for no page (OpenID Connect, prompt=none): it says that there is no session.
     * Null for any other request.
     */
    private @Nullable String silentRefusalOf(HttpServletRequest request) {
        var clientId = request.getParameter("client_id");
        var redirectUri = request.getParameter("redirect_uri");
        if (!"none".equals(request.getParameter("prompt")) || clientId == null || redirectUri == null) return null;
        var client = clients.findByClientId(clientId);
        if (client == null || !client.getRedirectUris().contains(redirectUri)) return null;
        var answer = UriComponentsBuilder.fromUriString(redirectUri).queryParam("error", "login_required");
        var state = request.getParameter("state");
        return state == null
                ? answer.encode().toUriString()
                : answer.queryParam("state", "{state}")
                        .encode()
                        .buildAndExpand(state)
                        .toUriString();
    }
}
