package com.flashsale.auth.signin;

import com.flashsale.auth.signout.SignOut;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Component;

/** Opens sessions for browsers. No session exists before the person at the browser has proved their identity. */
@Component
class BrowserSessions {

    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    private final CsrfTokenRepository csrfTokens;
    private final JdbcClient jdbc;
    private final SignInSettings settings;
    private final SignOut signOut;
    private final Clock clock;

    BrowserSessions(
            CsrfTokenRepository csrfTokens, JdbcClient jdbc, SignInSettings settings, SignOut signOut, Clock clock) {
        this.csrfTokens = csrfTokens;
        this.jdbc = jdbc;
        this.settings = settings;
        this.signOut = signOut;
        this.clock = clock;
    }

    void open(UUID account, HttpServletRequest request, HttpServletResponse response) {
        // never continue a session or a CSRF token from before: an attacker may have planted it
        var before = request.getSession(false);
        if (before != null) {
            endOfAnother(account, before, request);
            before.invalidate();
        }
        csrfTokens.saveToken(null, request, response);
        signOutOldest(account);
        contexts.saveContext(new SecurityContextImpl(signedIn(account)), request, response);
    }

    /** Ends the refresh tokens of an earlier session at this browser if it belongs to another account. */
    private void endOfAnother(UUID account, HttpSession session, HttpServletRequest request) {
        var before = contexts.loadDeferredContext(request).get().getAuthentication();
        if (before != null && !before.getName().equals(account.toString())) {
            signOut.end(before.getName(), SignOut.sidOf(session.getId()));
        }
    }

    /**
     * The principal is the account's id, which is nothing personal: sessions and authorizations store it, and it
     * becomes the token's subject.
     */
    private UsernamePasswordAuthenticationToken signedIn(UUID account) {
        var byPassword = FactorGrantedAuthority.withAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY)
                .issuedAt(clock.instant())
                .build();
        return UsernamePasswordAuthenticationToken.authenticated(account.toString(), null, List.of(byPassword));
    }

    private void signOutOldest(UUID account) {
        jdbc.sql("""
            delete from spring_session
             where primary_id in (select primary_id
                                    from spring_session
                                   where principal_name = :account
                                   order by creation_time desc
                                  offset :others)
            """)
                .param("account", account.toString())
                .param("others", settings.sessionsPerAccount() - 1)
                .update();
    }
}
