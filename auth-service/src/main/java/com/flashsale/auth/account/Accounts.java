package com.flashsale.auth.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of accounts. The rows of synthetic shoppers have a repository of their own. */
@Repository
public class Accounts {

    /** An account and the password hash that a sign-in is checked against. */
    public record Credentials(UUID account, String passwordHash) {

        @Override
        public String toString() {
            return "Credentials[" + account + "]";
        }
    }

    private final JdbcClient jdbc;

    Accounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An account as it was made by a request with an Idempotency-Key. */
    record Registration(Account account, String passwordHash, String key, Instant at) {

        @Override
        public String toString() {
            return "Registration[" + account + "]";
        }
    }

    /** Adds the account; false when its address has an account already, in any spelling. */
    boolean add(Account account, String passwordHash, @Nullable String idempotencyKey) {
        return jdbc.sql("""
            insert into account (id, email, email_key, display_name, password_hash, registration_key)
            values (:id, :email, :key, :displayName, :passwordHash, :registrationKey)
            on conflict (email_key) do nothing
            """)
                        .param("id", account.id())
                        .param("email", account.email())
                        .param("key", new EmailAddress(account.email()).key())
                        .param("displayName", account.displayName())
                        .param("passwordHash", passwordHash)
                        .param("registrationKey", idempotencyKey, Types.VARCHAR)
                        .update()
                == 1;
    }

    Optional<Registration> registrationOf(EmailAddress email) {
        return jdbc.sql("""
            select id, email, display_name, password_hash, registration_key, created_at
              from account
             where email_key = :key
               and registration_key is not null
            """)
                .param("key", email.key())
                .query((row, _) -> new Registration(
                        accountOf(row),
                        row.getString("password_hash"),
                        row.getString("registration_key"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Adds a demo persona, or gives an existing one the configured password. */
    void addOrUpdate(Account account, String passwordHash) {
        jdbc.sql("""
            insert into account (id, email, email_key, display_name, password_hash)
            values (:id, :email, :key, :displayName, :passwordHash)
            on conflict (email_key) do update set password_hash = excluded.password_hash
            """)
                .param("id", account.id())
                .param("email", account.email())
                .param("key", new EmailAddress(account.email()).key())
                .param("displayName", account.displayName())
                .param("passwordHash", passwordHash)
                .update();
    }

    public Optional<Credentials> credentialsOf(EmailAddress email) {
        return jdbc.sql("""
            select id, password_hash
              from account
             where email_key = :key
            """)
                .param("key", email.key())
                .query((row, _) -> new Credentials(row.getObject("id", UUID.class), row.getString("password_hash")))
                .optional();
    }

    public Optional<Account> find(UUID id) {
        return jdbc.sql("""
            select id, email, display_name
              from account
             where id = :id
               and not synthetic
            """).param("id", id).query((row, _) -> accountOf(row)).optional();
    }

    private static Account accountOf(ResultSet row) throws SQLException {
        return new Account(row.getObject("id", UUID.class), row.getString("email"), row.getString("display_name"));
    }
}
