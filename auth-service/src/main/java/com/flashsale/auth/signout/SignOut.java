package com.flashsale.auth.signout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends one sign-in of an account: its session, wherever the browser is, and the grants whose tokens name that session.
 * The account's other sign-ins go on. An access token that is out already lives for its minutes; it cannot be renewed.
 */
@Component
public class SignOut {

    private final JdbcClient jdbc;

    SignOut(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param sid the id token's claim of this name (OpenID Connect Front-Channel Logout, section 3) */
    @Transactional
    public void end(String account, String sid) {
        var sessions = jdbc.sql("select session_id from spring_session where principal_name = :account")
                .param("account", account)
                .query(String.class)
                .list();
        for (var session : sessions) {
            if (session != null && sidOf(session).equals(sid)) remove(session);
        }
        jdbc.sql("""
            delete from oauth2_authorization
             where principal_name = :account
               and oidc_id_token_metadata::jsonb -> 'metadata.token.claims' ->> 'sid' = :sid
            """).param("account", account).param("sid", sid).update();
    }

    /** The same digest as in the authorization server: the token must not reveal the session's id. */
    public static String sidOf(String sessionId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(sessionId.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private void remove(String session) {
        jdbc.sql("delete from spring_session where session_id = :id")
                .param("id", session)
                .update();
    }
}
