package com.flashsale.auth.token;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Repository;

/**
 * Grants, in Spring's own table, with three additions. Values are stored as digests. A grant is locked while its code
 * or refresh token is being exchanged (see {@link TransactionalAuthenticationProvider}), so that two exchanges at once
 * cannot both succeed. A refresh token that comes a second time ends the whole chain.
 */
@Repository
class HashingAuthorizationService implements OAuth2AuthorizationService {

    private static final Logger log = LoggerFactory.getLogger(HashingAuthorizationService.class);
    private static final OAuth2TokenType CODE = new OAuth2TokenType("code");

    private final OAuth2AuthorizationService table;
    private final JdbcClient jdbc;

    HashingAuthorizationService(JdbcOperations operations, JdbcClient jdbc, RegisteredClientRepository clients) {
        this.table = new JdbcOAuth2AuthorizationService(operations, clients);
        this.jdbc = jdbc;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        var hashed = HashedAuthorizations.hashed(authorization);
        rememberSpent(hashed);
        table.save(hashed);
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        table.remove(authorization);
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return table.findById(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        var hash = HashedAuthorizations.hash(token);
        if (type != null && type.equals(CODE)) lockByCode(hash);
        if (type != null && type.equals(OAuth2TokenType.REFRESH_TOKEN) && !lockByRefreshToken(hash)) {
            endChainOf(hash);
            return null;
        }
        var found = table.findByToken(hash, type);
        return found == null ? null : HashedAuthorizations.restored(found, token);
    }

    /** Deletes grants an hour after their end: an id token that has ended may still name the account in a sign-out. */
    int removeEnded(int limit) {
        return jdbc.sql("""
                delete from oauth2_authorization
                 where id in (select id
                                from oauth2_authorization
                               where ends_at < now() - interval '1 hour'
                               limit :limit
                                 for update skip locked)
                """).param("limit", limit).update();
    }

    private void lockByCode(String hash) {
        jdbc.sql("select id from oauth2_authorization where authorization_code_value = :hash for update")
                .param("hash", hash)
                .query(String.class)
                .optional();
    }

    /**
     * Locks the grant with this current refresh token. False when there is none, also when another exchange replaced it
     * during the wait for the lock.
     */
    private boolean lockByRefreshToken(String hash) {
        return jdbc.sql("select id from oauth2_authorization where refresh_token_value = :hash for update")
                .param("hash", hash)
                .query(String.class)
                .optional()
                .isPresent();
    }

    private void rememberSpent(OAuth2Authorization hashed) {
        var refreshToken = hashed.getRefreshToken();
        if (refreshToken == null) return;
        jdbc.sql("""
                insert into spent_refresh_token (token_hash, authorization_id)
                select refresh_token_value, id
                  from oauth2_authorization
                 where id = :id
                   and refresh_token_value <> :current
                on conflict (token_hash) do nothing
                """)
                .param("id", hashed.getId())
                .param("current", refreshToken.getToken().getTokenValue())
                .update();
    }

    private void endChainOf(String hash) {
        var ended = jdbc.sql("""
                delete from oauth2_authorization
                 where id in (select authorization_id from spent_refresh_token where token_hash = :hash)
                returning id
                """).param("hash", hash).query(String.class).optional();
        ended.ifPresent(id -> log.warn("A refresh token was reused; authorization {} is revoked", id));
    }
}
