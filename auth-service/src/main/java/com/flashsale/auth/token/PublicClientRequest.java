package com.flashsale.auth.token;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * A client without a secret that refreshes or revokes. It names itself, and the refresh token is the proof. Spring
 * knows such a client only in a code exchange, with PKCE. A type of its own keeps the two apart: this proof must never
 * stand in for a code exchange with a wrong verifier.
 */
final class PublicClientRequest extends OAuth2ClientAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private PublicClientRequest(String clientId) {
        super(clientId, ClientAuthenticationMethod.NONE, null, Map.of());
    }

    static final class Converter implements AuthenticationConverter {

        @Override
        public @Nullable Authentication convert(HttpServletRequest request) {
            var clientId = request.getParameterValues("client_id");
            var anonymous = request.getHeader(HttpHeaders.AUTHORIZATION) == null
                    && request.getParameter("client_secret") == null
                    && request.getParameter("client_assertion") == null;
            if (clientId == null || clientId.length != 1 || clientId[0].isBlank()) return null;
            if (!anonymous || !refreshesOrRevokes(request)) return null;
            return new PublicClientRequest(clientId[0]);
        }

        private static boolean refreshesOrRevokes(HttpServletRequest request) {
            return switch (request.getRequestURI()) {
                case "/oauth2/token" -> "refresh_token".equals(request.getParameter("grant_type"));
                case "/oauth2/revoke" -> true;
                default -> false;
            };
        }
    }

    static final class Provider implements AuthenticationProvider {

        private final RegisteredClientRepository clients;

        Provider(RegisteredClientRepository clients) {
            this.clients = clients;
        }

        @Override
        public Authentication authenticate(Authentication request) {
            var client = clients.findByClientId(request.getName());
            if (client == null || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
                throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
            }
            return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
        }

        @Override
        public boolean supports(Class<?> request) {
            return request == PublicClientRequest.class;
        }
    }
}
