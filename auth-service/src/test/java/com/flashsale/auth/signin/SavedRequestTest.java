package com.flashsale.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SavedRequestTest {

    @Test
    void an_authorization_request_is_gone_on_with() {
        var asked = new SavedRequest("/oauth2/authorize?response_type=code&redirect_uri=http%3A%2F%2Fhere%2Fcallback");

        assertThat(SavedRequest.of(asked.encoded())).isEqualTo(asked);
    }

    @Test
    void it_needs_no_escaping_in_a_link() {
        assertThat(new SavedRequest("/oauth2/authorize?a=<b>&c=\"d\"~~~???>>>").to("/login"))
                .matches("/login\\?continue=[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "https://evil.example/oauth2/authorize?",
                "//evil.example/oauth2/authorize?",
                "/oauth2/authorize",
                "/oauth2/authorizer?x",
                "/oauth2/authorize?\r\nSet-Cookie: a=b",
                "/oauth2/authorize?\\evil",
                "javascript:alert(1)",
                "/oauth2/authorize?ü"
            })
    void anything_else_leads_to_the_storefront(String asked) {
        var encoded = asked == null ? null : new SavedRequest(asked).encoded();

        assertThat(SavedRequest.of(encoded).path()).isEqualTo("/");
        assertThat(SavedRequest.of(asked).path()).as("not encoded").isEqualTo("/");
    }
}
