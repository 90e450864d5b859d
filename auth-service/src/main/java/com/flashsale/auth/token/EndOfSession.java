package com.flashsale.auth.token;

import com.flashsale.auth.language.PageLanguage;
import com.flashsale.auth.signout.SignOut;
import com.flashsale.auth.web.ErrorPage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.oidc.web.authentication.OidcLogoutAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/**
 * The end of a sign-in that a client asks for, proved by the id token of that sign-in (OpenID Connect RP-Initiated
 * Logout).
 */
@Component
class EndOfSession {

    private final OidcLogoutAuthenticationSuccessHandler redirect = new OidcLogoutAuthenticationSuccessHandler();
    private final SignOut signOut;

    EndOfSession(SignOut signOut) {
        this.signOut = signOut;
    }

    /** The session ends also when the request comes without its cookie, and the refresh tokens end with it. */
    void granted(HttpServletRequest request, HttpServletResponse response, Authentication logout)
            throws IOException, ServletException {
        if (logout instanceof OidcLogoutAuthenticationToken token && token.getIdToken() != null) {
            var sid = token.getIdToken().getClaimAsString("sid");
            var subject = token.getIdToken().getSubject();
            if (sid != null && subject != null) signOut.end(subject, sid);
        }
        redirect.onAuthenticationSuccess(request, response, logout);
    }

    /**
     * Answers a sign-out without a valid id token, which may be a link from another site: the person at the browser is
     * asked, a program is refused.
     */
    void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (ErrorPage.isWantedBy(request)) {
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, "/login/sign-out" + languageOf(request));
        } else {
            response.sendError(HttpStatus.BAD_REQUEST.value());
        }
    }

    private static String languageOf(HttpServletRequest request) {
        var wanted = PageLanguage.wanted(request.getParameter(PageLanguage.PARAMETER));
        return wanted == null ? "" : "?" + PageLanguage.PARAMETER + "=" + wanted.getLanguage();
    }
}
