package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.idempotency.IdempotencyRequest;
import com.flashsale.platform.security.SignedTokens;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An admission is the only door, also for those who come past the gateway. */
class AdmissionDoorIT extends OrderServiceIT {

    @Test
    void nothing_but_ones_own_fresh_unused_admission_of_this_sale_opens_the_door() {
        var shopper = aShopper();
        var sale = anOpenSale();

        uselessAdmissions(sale, shopper.id()).forEach((what, admission) -> {
            var refused = shopper.order(sale, 2, admission);
            assertThat(refused.status()).as(what).isEqualTo(403);
            assertThat(refused.code()).as(what).isEqualTo("ADMISSION_INVALID");
        });

        assertThat(ordersIn(sale)).isZero();
        assertThat(count(
                        "select count(*) from idempotency_record where scope = ?",
                        shopper.id().toString()))
                .isZero();
    }

    private Map<String, String> uselessAdmissions(UUID sale, UUID customer) {
        var claims = admissionClaims(sale, customer, 2);
        var good = tokens.sign("admission+jwt", claims);
        var useless = new LinkedHashMap<String, String>();
        useless.put("nothing", "");
        useless.put("garbage", "a.b.c");
        useless.put("another customer's", admission(sale, UUID.randomUUID()));
        useless.put("another sale's", admission(anOpenSale(), customer));
        useless.put("expired this second", tokens.sign("admission+jwt", with(claims, "exp", now())));
        useless.put("for fewer units", tokens.sign("admission+jwt", with(claims, "units", 1)));
        useless.put("a queue ticket", tokens.sign("queue-ticket+jwt", claims));
        useless.put("signed with another key", anotherPlatform().sign("admission+jwt", claims));
        useless.put("changed after signing", changed(good, "\"units\":2", "\"units\":9"));
        useless.put("not signed at all", unsigned(good));
        useless.put("without an id", tokens.sign("admission+jwt", with(claims, "jti", "none")));
        return useless;
    }

    private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        var other = new HashMap<>(claims);
        other.put(name, value);
        return other;
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static SignedTokens anotherPlatform() {
        return new SignedTokens("test:" + Base64.getEncoder().encodeToString(new byte[32]));
    }

    private static String changed(String token, String from, String to) {
        var parts = token.split("\\.");
        var payload = new String(Base64.getUrlDecoder().decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(payload).contains(from);
        return parts[0] + "." + base64(payload.replace(from, to)) + "." + parts[2];
    }

    private static String unsigned(String token) {
        return base64("{\"alg\":\"none\",\"typ\":\"admission+jwt\"}") + "." + token.split("\\.")[1] + ".";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void an_admission_is_used_up_by_its_order() {
        var shopper = aShopper();
        var sale = anOpenSale();
        var admission = admission(sale, shopper.id());
        assertThat(shopper.order("one-key", sale, 1, admission).status()).isEqualTo(202);

        var again = shopper.order("another-key", sale, 1, admission);

        assertThat(again.status()).isEqualTo(403);
        assertThat(again.code()).isEqualTo("ADMISSION_INVALID");
        assertThat(ordersIn(sale)).isEqualTo(1);
    }

    @Test
    void a_key_whose_request_was_refused_is_free_for_a_better_one() {
        var shopper = aShopper();
        var sale = anOpenSale();
        var used = admission(sale, shopper.id());
        shopper.order("one-key", sale, 1, used);
        assertThat(shopper.order("another-key", sale, 1, used).status()).isEqualTo(403);

        var better = shopper.order("another-key", sale, 1, admission(sale, shopper.id()));

        assertThat(better.status()).isEqualTo(202);
    }

    private int ordersIn(UUID sale) {
        return count("select count(*) from orders where sale_id = ?", sale);
    }

    @Test
    void more_units_than_the_turn_is_for_are_refused_with_their_number_and_the_turn_stays() {
        var shopper = aShopper();
        var sale = anOpenSale();
        var admission = tokens.sign("admission+jwt", admissionClaims(sale, shopper.id(), 1));

        var refused = shopper.order(sale, 2, admission);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("ADMISSION_INVALID");
        assertThat(refused.json().get("units").asInt()).isEqualTo(1);
        assertThat(refused.json().get("detail").asString()).contains("for 1 unit.");
        assertThat(shopper.order(sale, 1, admission).status()).isEqualTo(202);
    }

    @Test
    void a_repeat_gets_its_first_answer_also_after_the_key_that_signed_its_admission_was_withdrawn() {
        var shopper = aShopper();
        var sale = anOpenSale();
        var withdrawn = anotherPlatform().sign("admission+jwt", admissionClaims(sale, shopper.id(), 2));
        var first = shopper.order("a-key", sale, 1, admission(sale, shopper.id()));
        var body = "{\"saleId\":\"%s\",\"quantity\":1,\"admission\":\"%s\"}".formatted(sale, withdrawn);
        var repeated = IdempotencyRequest.of(
                shopper.id().toString(),
                "a-key",
                "POST",
                "/api/v1/orders",
                body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        jdbc.sql("update idempotency_record set fingerprint = decode(?, 'hex') where scope = ?")
                .params(repeated.fingerprint(), shopper.id().toString())
                .update();

        var again = shopper.order("a-key", sale, 1, withdrawn);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(shopper.order("another-key", sale, 1, withdrawn).status()).isEqualTo(403);
    }
}
