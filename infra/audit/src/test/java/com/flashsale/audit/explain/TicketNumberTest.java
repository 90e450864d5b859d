package com.flashsale.audit.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketNumberTest {

    private static final UUID SALE = UUID.randomUUID();
    private static final UUID ADA = UUID.randomUUID();

    private static String signed(String claims) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return "eyJhbGciOiJFUzI1NiJ9." + encoder.encodeToString(claims.getBytes(UTF_8)) + ".c2ln";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", ":", "#"})
    void a_number_is_named_by_its_sale(String separator) {
        assertThat(TicketNumber.of(SALE + separator + 42)).contains(new TicketNumber(SALE, 42L, null));
    }

    @Test
    void a_signed_ticket_names_sale_customer_and_number() {
        var claims = "{\"sale\":\"%s\",\"sub\":\"%s\",\"number\":42}".formatted(SALE, ADA);

        assertThat(TicketNumber.of(signed(claims))).contains(new TicketNumber(SALE, 42L, ADA));
    }

    @Test
    void a_ticket_of_the_lobby_has_no_number() {
        var claims = "{\"sale\":\"%s\",\"sub\":\"%s\"}".formatted(SALE, ADA);

        assertThat(TicketNumber.of(signed(claims))).contains(new TicketNumber(SALE, null, ADA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "a.b.c", "no-sale/42", "' or true --", "eyJ9.%%%.x"})
    void anything_else_is_no_ticket(String text) {
        assertThat(TicketNumber.of(text)).isEmpty();
    }

    @Test
    void claims_that_are_no_json_are_no_ticket() {
        assertThat(TicketNumber.of(signed("{"))).isEmpty();
        assertThat(TicketNumber.of(signed("{\"sale\":\"x\"}"))).isEmpty();
    }
}
