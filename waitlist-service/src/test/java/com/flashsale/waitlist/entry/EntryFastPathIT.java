package com.flashsale.waitlist.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.test.BothWays;
import com.flashsale.platform.test.CountedRequests;
import com.flashsale.platform.test.RawRequest;
import com.flashsale.platform.test.RequestVariants;
import com.flashsale.platform.test.RequestVariants.Variant;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import com.flashsale.platform.token.VerifiedTokenStamp;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.SecondReplica;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

/** A waiting customer asks again and again, and gets on the fast path the response of the usual way. */
@ServiceTest
class EntryFastPathIT {

    private static final Variant UNCHANGED = new Variant("unchanged", _ -> {});
    private static final int PAIRS = 20;

    private final int port;
    private final String keys;
    private final MeterRegistry meters;
    private final SecondReplica other;
    private final BothWays bothWays;

    EntryFastPathIT(
            @LocalServerPort int port,
            @Value("${platform.signed-tokens.keys}") String keys,
            @Autowired MeterRegistry meters,
            @Autowired LoadTests loadTests,
            @Autowired ConfigurableApplicationContext context) {
        this.port = port;
        this.keys = keys;
        this.meters = meters;
        this.other = SecondReplica.beside(context, "--platform.fast-path.enabled=false");
        this.bothWays = new BothWays(port, other.port());
        await().until(() -> loadTests.areServed() && other.bean(LoadTests.class).areServed());
    }

    @AfterEach
    void close() {
        other.close();
    }

    @Test
    void an_entry_is_read_alike() {
        var sale = aSoldOutSale();
        var ada = new AShopper(port);
        var entry = ada.joinWaitlist(sale.id()).text("id");
        await().until(() -> ada.at(other.port()).entry(entry).number("position") == 1);
        var path = "/api/v1/waitlist-entries/" + entry;

        assertAllAlike(51, () -> asking(RawRequest.get(path), ada.id()));
        assertStatus(200, () -> asking(RawRequest.get(path), ada.id()));
        assertStatus(404, () -> asking(RawRequest.get(path), UUID.randomUUID()));
        assertStatus(404, () -> asking(RawRequest.get("/api/v1/waitlist-entries/" + UUID.randomUUID()), ada.id()));
        ada.leave(entry);
        assertStatus(200, () -> asking(RawRequest.get(path), ada.id()));
    }

    @Test
    void a_ticket_is_found_alike() {
        var sale = ASale.of(5_000)
                .with("admissionsPerSecond", 100_000)
                .scheduled()
                .knownTo(port)
                .knownTo(other.port());
        var ada = new AShopper(port);
        await().until(() -> ada.join(sale.id()).state().equals("ADMITTED"));
        await().until(() -> ada.at(other.port()).mine(sale.id()).state().equals("ADMITTED"));
        var path = "/api/v1/sales/" + sale.id() + "/queue-tickets/mine";

        assertAllAlike(52, () -> asking(RawRequest.get(path), ada.id()));
        assertStatus(200, () -> asking(RawRequest.get(path), ada.id()));
        assertStatus(404, () -> asking(RawRequest.get(path), UUID.randomUUID()));
        assertStatus(
                404,
                () -> asking(
                        RawRequest.get(path.replace(
                                sale.id().toString(), UUID.randomUUID().toString())),
                        ada.id()));
    }

    @Test
    void an_admission_is_claimed_alike() {
        var sale = ASale.of(5_000)
                .with("admissionsPerSecond", 100_000)
                .scheduled()
                .knownTo(port)
                .knownTo(other.port());
        var ada = new AShopper(port);
        await().until(() -> ada.join(sale.id()).state().equals("ADMITTED"));
        var path = "/api/v1/sales/" + sale.id() + "/admissions";
        var body = "{\"ticket\":\"" + ada.join(sale.id()).text("ticket") + "\"}";

        assertAllAlike(53, () -> json(new RawRequest(path, body), ada.id()));
        assertStatus(201, () -> json(new RawRequest(path, body), ada.id()));
        assertStatus(403, () -> json(new RawRequest(path, body), UUID.randomUUID()));
        for (var wrong : new String[] {"", "{}", "{\"ticket\":\"\"}", "{\"ticket\":\"" + "x".repeat(2_049) + "\"}"}) {
            bothWays.assertAlike(
                    new Variant(wrong.length() + " bytes", request -> request.body(wrong)),
                    () -> json(new RawRequest(path, body), ada.id()));
        }
    }

    @Test
    void a_customer_comes_to_the_waitlist_alike() {
        var sale = aSoldOutSale();
        var ada = new AShopper(port);
        var entry = ada.joinWaitlist(sale.id()).text("id");
        await().until(() -> ada.at(other.port()).entry(entry).number("position") == 1);
        var path = "/api/v1/sales/" + sale.id() + "/waitlist-entries";

        assertAllAlike(54, () -> json(new RawRequest(path, "{}"), ada.id()));
        assertStatus(201, () -> json(new RawRequest(path, "{}"), ada.id()));
        assertStatus(201, () -> json(new RawRequest(path, ""), ada.id()));
        var open = ASale.of(1).scheduled().knownTo(port).knownTo(other.port());
        assertStatus(
                409,
                () -> json(
                        new RawRequest(
                                path.replace(sale.id().toString(), open.id().toString()), "{}"),
                        ada.id()));
    }

    private ASale aSoldOutSale() {
        var sale = ASale.of(100).scheduled().knownTo(port).knownTo(other.port());
        SoldOutSale.of(sale, port);
        SoldOutSale.of(sale, other.port());
        return sale;
    }

    private void assertAllAlike(long seed, Supplier<RawRequest> fresh) {
        var here = CountedRequests.settled(meters);
        var there = CountedRequests.settled(other.bean(MeterRegistry.class));
        for (var variant : RequestVariants.all(seed, PAIRS)) bothWays.assertAlike(variant, fresh);
        await().untilAsserted(() -> assertThat(CountedRequests.of(meters).since(here))
                .isEqualTo(CountedRequests.of(other.bean(MeterRegistry.class)).since(there)));
    }

    /** A plain request, which the fast path does not pass on. */
    private void assertStatus(int status, Supplier<RawRequest> fresh) {
        var before = passedOn();
        assertThat(bothWays.assertAlike(UNCHANGED, fresh).status()).isEqualTo("HTTP/1.1 " + status + " ");
        assertThat(passedOn()).isEqualTo(before);
    }

    private double passedOn() {
        return meters.find("fast.path.passed.on").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private RawRequest json(RawRequest request, UUID customer) {
        return asking(request.set("Content-Type", "application/json"), customer);
    }

    private RawRequest asking(RawRequest request, UUID customer) {
        var token = TestTokens.shopper(customer);
        return request.set("Authorization", "Bearer " + token)
                .set(VerifiedTokenStamp.HEADER, new VerifiedTokenStamp(keys, InstantSource.system()).of(token));
    }
}
