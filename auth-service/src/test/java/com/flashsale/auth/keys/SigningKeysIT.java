package com.flashsale.auth.keys;

import static com.flashsale.auth.Storefront.json;
import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Replica;
import com.flashsale.auth.Storefront;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestSecrets;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * With lives of seconds; the allowance of 30 s for clocks that disagree is the longest wait. On a database of its own.
 */
@ServiceTest(
        properties = {
            "spring.application.name=auth-service-keys",
            "auth.tokens.access=2s",
            "auth.tokens.synthetic=2s",
            "auth.signing-keys.publish-ahead=3s",
            "auth.signing-keys.reload-every=200ms"
        })
class SigningKeysIT {

    @LocalServerPort
    int port;

    @Autowired
    Environment environment;

    @Autowired
    JdbcClient jdbc;

    @Test
    void a_rotation_under_load_refuses_no_token_and_ends_with_the_old_key_gone() {
        try (var second = Replica.of(
                environment,
                "auth.tokens.access=2s",
                "auth.tokens.synthetic=2s",
                "auth.signing-keys.publish-ahead=3s",
                "auth.signing-keys.reload-every=200ms")) {
            var one = new Browser(port);
            var other = new Browser(second.port());
            await().atMost(Duration.ofSeconds(20)).until(() -> !hasNext());
            var old = kids(one);
            var load = new Load(List.of(one, other));
            load.start();

            var rotated = rotate(one);
            assertThat(rotated.statusCode()).isEqualTo(202);
            var next = json(rotated).get("kid").asString();
            assertThat(json(rotated).get("state").asString()).isEqualTo("NEXT");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(kids(other)).contains(next));
            assertThat(old).as("published before it signs").containsAll(load.signers);
            assertThat(rotate(other).statusCode()).as("one at a time").isEqualTo(409);

            await().atMost(Duration.ofSeconds(20)).until(() -> load.signers.contains(next));
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(kids(one)).containsExactly(next);
                assertThat(kids(other)).containsExactly(next);
            });
            load.stop();
            assertThat(load.refused).hasValue(0);
            assertThat(load.accepted).hasPositiveValue();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(jdbc.sql("select kid from signing_key")
                                    .query(String.class)
                                    .list())
                            .containsExactly(next));
        }
    }

    @Test
    void of_ten_rotations_at_once_one_is_made() {
        var browser = new Browser(port);
        await().atMost(Duration.ofSeconds(20)).until(() -> !hasNext());

        var statuses = allAtOnce(10, () -> rotate(browser).statusCode());

        assertThat(statuses).filteredOn(status -> status == 202).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(9);
    }

    @Test
    void private_keys_are_unreadable_in_the_database_and_never_published() throws ParseException {
        var browser = new Browser(port);

        var document = browser.get("/oauth2/jwks");
        assertThat(JWKSet.parse(document.body()).getKeys())
                .noneMatch(JWK::isPrivate)
                .isNotEmpty();
        assertThat(document.headers().firstValue("Cache-Control").orElseThrow())
                .contains("max-age=30")
                .contains("public");
        var etag = document.headers().firstValue("ETag").orElseThrow();
        assertThat(browser.get("/oauth2/jwks", "If-None-Match", etag).statusCode())
                .isEqualTo(304);

        var stored = jdbc.sql("select private_key from signing_key limit 1")
                .query((row, _) -> row.getBytes(1))
                .single();
        // a PKCS #8 key of P-256 begins with a sequence, and contains the curve's identifier
        assertThat(java.util.HexFormat.of().formatHex(stored)).doesNotContain("2a8648ce3d");
    }

    private boolean hasNext() {
        return jdbc.sql("select exists (select 1 from signing_key where signs_from > now())")
                .query(Boolean.class)
                .single();
    }

    private static java.net.http.HttpResponse<String> rotate(Browser browser) {
        var operator = Storefront.machineToken(browser, "operator", TestSecrets.OPERATOR);
        return browser.postJson("/api/v1/signing-keys/rotation", "", "Authorization", "Bearer " + operator);
    }

    private static Set<String> kids(Browser browser) {
        try {
            var kids = new TreeSet<String>();
            JWKSet.parse(browser.get("/oauth2/jwks").body()).getKeys().forEach(key -> kids.add(key.getKeyID()));
            return kids;
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    /** Gets a token at one replica and uses it at the other, again and again. */
    private static final class Load {

        final Set<String> signers = new ConcurrentSkipListSet<>();
        final AtomicInteger accepted = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        private final AtomicBoolean running = new AtomicBoolean(true);
        private final List<Browser> replicas;
        private final java.util.concurrent.ExecutorService threads = Executors.newFixedThreadPool(2);

        Load(List<Browser> replicas) {
            this.replicas = replicas;
        }

        void start() {
            threads.submit(() -> loop(replicas.getFirst(), replicas.getLast()));
            threads.submit(() -> loop(replicas.getLast(), replicas.getFirst()));
        }

        private void loop(Browser issuer, Browser verifier) {
            while (running.get()) {
                var token = Storefront.machineToken(issuer, "operator", TestSecrets.OPERATOR);
                signers.add(kidOf(token));
                var status = verifier.get("/api/v1/signing-keys", "Authorization", "Bearer " + token)
                        .statusCode();
                (status == 200 ? accepted : refused).incrementAndGet();
            }
        }

        void stop() {
            running.set(false);
            threads.close();
        }

        private static String kidOf(String token) {
            try {
                return SignedJWT.parse(token).getHeader().getKeyID();
            } catch (ParseException e) {
                throw new AssertionError(e);
            }
        }
    }
}
