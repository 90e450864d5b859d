package com.flashsale.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "Ada@Example.com, ada@example.COM",
        "ada@b\u00fccher.example, ada@xn--bcher-kva.example",
        "ada@B\u00dcCHER.example, ada@bu\u0308cher.example",
        "ada@\uff42\u00fccher\u3002example, ada@b\u00fccher.example",
        "jos\u00e9@example.com, JOSE\u0301@example.com",
        "ada@\u4f8b\u3048.\u30c6\u30b9\u30c8, ada@xn--r8jz45g.xn--zckzah",
        "' ada@example.com\u200b', \ufeffada@example.com\u00a0"
    })
    void spellings_of_the_same_address_have_the_same_key(String one, String other) {
        assertThat(new EmailAddress(one).isValid()).isTrue();
        assertThat(new EmailAddress(other).isValid()).isTrue();
        assertThat(new EmailAddress(one).key()).isEqualTo(new EmailAddress(other).key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ada",
                "ada@",
                "@example.com",
                "ada@example",
                "ada@-example.com",
                "ada@exa mple.com",
                "ada@example..com",
                "a@b@example.com",
                "ad\u200ba@example.com",
                "ada@exam\u200bple.com",
                "ada@stra\u00dfe.example",
                "ada@\u03c2.example",
                "ada\u0000@example.com",
                "\ud83d\ude00@example.com",
                "ada@\ud83d\ude00.example",
                "\u202eada@example.com\u202ex",
                "\"ada\"@example.com",
                "ada@[127.0.0.1]",
                "\ud800@example.com"
            })
    void an_invalid_or_ambiguous_address_is_refused_and_still_has_a_key(String typed) {
        assertThat(new EmailAddress(typed).isValid()).isFalse();
        assertThat(new EmailAddress(typed).key()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 255, 16_000})
    void an_address_that_is_too_long_is_refused(int length) {
        assertThat(new EmailAddress("a".repeat(length) + "@example.com").isValid())
                .isFalse();
        assertThat(new EmailAddress("a@" + "b".repeat(length) + ".example").isValid())
                .isFalse();
    }
}
