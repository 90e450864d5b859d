package com.flashsale.auth;

import static com.flashsale.auth.Storefront.json;
import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class TwoReplicasIT {

    @LocalServerPort
    int port;

    @Autowired
    Environment environment;

    @Autowired
    JdbcClient jdbc;

    @Test
    void the_second_replica_finishes_a_sign_in_that_the_first_began() {
        try (var second = Replica.of(environment)) {
            var browser = new Browser(port);
            var storefront = new Storefront(browser);
            var email = Storefront.newPerson(browser);

            // the form of the first replica is sent to the second, with the token that the first
            // made
            var page = Browser.location(storefront.authorize(storefront.authorizationRequest()));
            var csrf = browser.get(page).body().replaceAll("(?s).*name=\"_csrf\"[^>]*value=\"([^\"]+)\".*", "$1");
            var continueTo = Browser.query(page).get("continue");
            var signedIn = browser.at(second.port())
                    .post(
                            "/login",
                            Map.of(
                                    "email",
                                    email,
                                    "password",
                                    Storefront.PASSWORD,
                                    "_csrf",
                                    csrf,
                                    "continueTo",
                                    continueTo));
            assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(303);

            // signed in at the second, known at the first; the code of the first is exchanged at
            // the second
            var issued = Storefront.codeFrom(browser.get(Browser.location(signedIn), "Accept", "text/html"));
            var exchanged = storefront.exchange(browser.at(second.port()), issued, storefront.verifier);
            assertThat(exchanged.statusCode()).as(exchanged.body()).isEqualTo(200);

            // the first accepts what the second signed, and refreshes it
            var tokens = json(exchanged);
            var bearer = "Bearer " + tokens.get("access_token").asString();
            assertThat(browser.get("/userinfo", "Authorization", bearer).statusCode())
                    .isEqualTo(200);
            assertThat(storefront
                            .refresh(tokens.get("refresh_token").asString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(browser.at(second.port()).get("/oauth2/jwks").body())
                    .isEqualTo(browser.get("/oauth2/jwks").body());
        }
    }

    @Test
    void two_that_start_at_once_make_each_persona_once_and_share_one_key() {
        var keysBefore = count("signing_key");
        Callable<Replica> start = () -> Replica.of(environment, "FLASHSALE_PERSONAS_PASSWORD=a password for demos");
        var replicas = allAtOnce(List.of(start, start));
        try {
            assertThat(count("signing_key")).isEqualTo(keysBefore);
            assertThat(jdbc.sql("select email from account where email like '%@demo.example' order by email")
                            .query(String.class)
                            .list())
                    .containsExactly("ada@demo.example", "bob@demo.example", "bot@demo.example", "vip@demo.example");
            new Storefront(new Browser(replicas.getLast().port())).codeFor("Ada@demo.example", "a password for demos");
            var oneClick = new Browser(replicas.getFirst().port());
            assertThat(oneClick.get("/login").body()).contains("Or look around as");
            assertThat(oneClick.submit("/login", "/login/persona", Map.of("email", "vip@demo.example"))
                            .statusCode())
                    .isEqualTo(303);
            assertThat(oneClick.cookies()).containsKey("flashsale-session");
        } finally {
            replicas.forEach(Replica::close);
        }
    }

    @Test
    void without_their_password_there_are_no_personas() {
        var browser = new Browser(port);
        assertThat(browser.get("/login").body()).doesNotContain("Or look around as");
        assertThat(browser.submit("/login", "/login/persona", Map.of("email", "ada@demo.example"))
                        .statusCode())
                .isEqualTo(404);
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
