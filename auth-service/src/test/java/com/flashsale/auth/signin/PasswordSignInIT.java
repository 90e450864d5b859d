package com.flashsale.auth.signin;

import static com.flashsale.auth.Storefront.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Passwords at the sign-in form, right and wrong. */
class PasswordSignInIT extends SignInPagesIT {

    @Test
    void unknown_address_and_wrong_password_get_the_same_answer() {
        var known = Storefront.newPerson(browser);
        var unknown = known.replace("person-", "absent-");

        var wrongPassword = browser.submit("/login", Map.of("email", known, "password", "a wrong password"));
        var unknownAddress = browser.submit("/login", Map.of("email", unknown, "password", "a wrong password"));

        assertThat(List.of(wrongPassword.statusCode(), unknownAddress.statusCode()))
                .containsOnly(401);
        assertThat(withoutSecrets(unknownAddress.body()).replace(unknown, "…"))
                .isEqualTo(withoutSecrets(wrongPassword.body()).replace(known, "…"))
                .contains("do not go together");
        assertThat(browser.cookies()).doesNotContainKey("flashsale-session");
    }

    @Test
    void a_password_signs_in_in_any_form_that_a_keyboard_writes() {
        var composed = "p\u00e4ssw\u00f6rter-sind-lang";
        var decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        for (var registered : List.of(composed, decomposed)) {
            var email = "person-" + UUID.randomUUID() + "@example.com";
            assertThat(browser.postJson("/api/v1/accounts", """
                {"email": "%s", "password": "%s"}\
                """.formatted(email, registered))
                            .statusCode())
                    .isEqualTo(201);
            for (var typed : List.of(composed, decomposed)) {
                assertThat(new Browser(port)
                                .submit("/login", Map.of("email", email, "password", typed))
                                .statusCode())
                        .isEqualTo(303);
            }
        }
    }

    @Test
    void wrong_passwords_of_strangers_make_only_the_strangers_wait() {
        var email = Storefront.newPerson(browser);
        var wrong = Map.of("email", email, "password", "a wrong password");
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(browser.submit("/login", "/login", wrong, "X-Forwarded-For", "203.0.113.7")
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(browser.submit("/login", "/login", wrong, "X-Forwarded-For", "203.0.113.7")
                        .statusCode())
                .isEqualTo(429);

        var right = browser.submit(
                "/login", "/login", Map.of("email", email, "password", PASSWORD), "X-Forwarded-For", "8.8.4.4");

        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(browser.cookies()).containsKey("flashsale-device");
        // on a device where the person has signed in before, the failures of others at the same
        // address do not count
        var known = browser.copy();
        assertThat(known.submit(
                                "/login",
                                "/login",
                                Map.of("email", email, "password", PASSWORD),
                                "X-Forwarded-For",
                                "203.0.113.7")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void after_five_wrong_passwords_one_has_to_wait_even_with_the_right_one() {
        var email = Storefront.newPerson(browser);
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(browser.submit("/login", Map.of("email", email, "password", "a wrong password"))
                            .statusCode())
                    .isEqualTo(401);
        }

        // each further failure doubles the wait: one of seconds is not over before a slow machine asks again
        var wrong = Map.of("email", email, "password", "a wrong password");
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            var wait = browser.submit("/login", wrong).headers().firstValueAsLong("Retry-After");
            return wait.orElse(0) > 3;
        });
        var tooSoon = browser.submit("/login", Map.of("email", email, "password", PASSWORD));

        assertThat(tooSoon.statusCode()).isEqualTo(429);
        assertThat(tooSoon.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(tooSoon.body()).contains("Too many attempts");
    }

    private static String withoutSecrets(String page) {
        return page.replaceAll("name=\"_csrf\"[^>]*>", "");
    }
}
