package com.flashsale.auth.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The table of keys. The database's clock decides when a key begins to sign. */
@Repository
class SigningKeyStore {

    private record Row(String kid, String publicJwk, byte[] privateKey, Instant signsFrom) {}

    private final JdbcClient jdbc;
    private final KeyEncryption encryption;

    SigningKeyStore(JdbcClient jdbc, KeyEncryption encryption) {
        this.jdbc = jdbc;
        this.encryption = encryption;
    }

    List<SigningKey> all() {
        return jdbc
                .sql("""
                select kid, public_jwk, private_key, signs_from
                  from signing_key
                 order by signs_from
                """)
                .query((row, _) -> new Row(
                        row.getString("kid"),
                        row.getString("public_jwk"),
                        row.getBytes("private_key"),
                        row.getTimestamp("signs_from").toInstant()))
                .list()
                .stream()
                .map(this::keyOf)
                .toList();
    }

    /** Serializes decisions about keys: other replicas wait for this commit and then see its effect. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('signing_key', 0))")
                .query((_, _) -> true)
                .single();
    }

    boolean isEmpty() {
        return jdbc.sql("select not exists (select 1 from signing_key)")
                .query(Boolean.class)
                .single();
    }

    boolean hasNext() {
        return jdbc.sql("select exists (select 1 from signing_key where signs_from > clock_timestamp())")
                .query(Boolean.class)
                .single();
    }

    SigningKey add(ECKey pair, Duration publishAhead) {
        var signsFrom = jdbc.sql("""
                insert into signing_key (kid, public_jwk, private_key, signs_from)
                values (:kid, :publicJwk, :privateKey, clock_timestamp() + make_interval(secs => :ahead))
                returning signs_from
                """)
                .param("kid", pair.getKeyID())
                .param("publicJwk", pair.toPublicJWK().toJSONString())
                .param("privateKey", encryption.encrypt(pair.getKeyID(), encodedPrivateKey(pair)))
                .param("ahead", publishAhead.toMillis() / 1000.0)
                .query((row, _) -> row.getTimestamp("signs_from").toInstant())
                .single();
        return new SigningKey(pair, signsFrom);
    }

    /** Deletes the keys that no valid token can name: their successor has signed for longer than any token lives. */
    int removeEnded(Duration longestTokenLife) {
        return jdbc.sql("""
                delete from signing_key
                 where signs_from < (select max(signs_from)
                                       from signing_key
                                      where signs_from < clock_timestamp() - make_interval(secs => :life))
                """).param("life", longestTokenLife.toMillis() / 1000.0).update();
    }

    private SigningKey keyOf(Row row) {
        try {
            var encoded = new PKCS8EncodedKeySpec(encryption.decrypt(row.kid(), row.privateKey()));
            var pair = new ECKey.Builder(ECKey.parse(row.publicJwk()))
                    .privateKey(KeyFactory.getInstance("EC").generatePrivate(encoded))
                    .build();
            return new SigningKey(pair, row.signsFrom());
        } catch (ParseException | GeneralSecurityException unreadable) {
            throw new IllegalStateException("signing key " + row.kid() + " is unreadable", unreadable);
        }
    }

    private static byte[] encodedPrivateKey(ECKey pair) {
        try {
            return pair.toPrivateKey().getEncoded();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("not an exportable key", impossible);
        }
    }
}
