package com.flashsale.auth.signin;

import com.flashsale.auth.AuthSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Security of the sign-in pages: public, never shown in a frame, without scripts, posting to this origin only. */
@Configuration(proxyBeanMethods = false)
class PagesSecurity {

    @Bean
    @Order(3)
    SecurityFilterChain pages(
            HttpSecurity http, CsrfTokenRepository csrfTokens, AuthSettings settings, SessionOwner signedIn) {
        // the issuer is named because browsers apply form-action to the redirects that follow a form
        var policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' "
                + settings.issuer() + "; base-uri 'none'; frame-ancestors 'none'";
        return http.securityMatcher("/login", "/login.css", "/login/**", "/register", "/register/**")
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
                .exceptionHandling(handling -> handling.accessDeniedHandler(
                        (request, response, _) -> showFormAgain(request, response, signedIn)))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(policy))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /**
     * Answers a form that was open for too long or came from another site: nothing is done, and a fresh form is shown.
     * The usual case is a second tab after the same person has signed in in the first. That person is signed in, so the
     * browser continues at once.
     */
    private static void showFormAgain(HttpServletRequest request, HttpServletResponse response, SessionOwner signedIn) {
        var savedRequest = SavedRequest.of(request.getParameter("continueTo"));
        var path = request.getRequestURI();
        // the filter that finds the wrong token runs before the one that sets the request's
        // principal
        var principal = SecurityContextHolder.getContext().getAuthentication();
        var location = switch (path) {
            case "/register" -> savedRequest.to(path);
            case SignOutController.PATH -> path;
            default ->
                signedIn.is(principal, request.getParameter("email")) ? savedRequest.path() : savedRequest.to("/login");
        };
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, location);
    }
}
