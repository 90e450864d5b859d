package com.flashsale.audit.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";
    private final Redaction redaction = new Redaction(Set.of("ada-first-try", "1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account ada@demo.example is locked | ada@demo.example",
                "GET /accounts?email=ada%40demo.example | ada%40demo.example",
                "no answer for key ada-first-try | ada-first-try",
                "Idempotency-Key: 7f3a-2b | 7f3a-2b",
                "{\"name\":\"Ada\",\"state\":\"PAID\"} | \"Ada\"",
                "Account[name=Ada, id=7] | Ada",
                "Authorization: Bearer abc.def | abc.def",
                "password=hunter2&x=1 | hunter2",
                "{\"proof\": \"0000a1b2\"} | 0000a1b2",
                "session 0123456789abcdef0123456789abcdef0123456789abcdef | 0123456789abcdef",
            })
    void personal_data_and_secrets_are_hidden(String text, String secret) {
        assertThat(redaction.of(text)).doesNotContain(secret).contains(Redaction.MASK);
    }

    @Test
    void a_signed_token_is_hidden_wherever_it_stands() {
        assertThat(redaction.of("ticket " + TOKEN + " refused")).isEqualTo("ticket [hidden] refused");
        assertThat(redaction.of("{\"admission\":\"" + TOKEN + "\"}")).doesNotContain("eyJ", "c2lnbmF0dXJl");
    }

    @Test
    void ids_and_traces_stay_since_they_name_no_person() {
        var text = "Payment 0198c5a0-1111-7222-8333-0123456789ab stays due, trace 5a30a3fec68c6573c0e87174643432a3";

        assertThat(redaction.of(text)).isEqualTo(text);
    }

    @Test
    void control_characters_and_endless_lines_do_not_reach_the_terminal() {
        assertThat(redaction.of("a\u001b[31mred\nb")).isEqualTo("a [31mred b");
        assertThat(redaction.of("word ".repeat(1_000))).hasSizeLessThan(500);
    }
}
