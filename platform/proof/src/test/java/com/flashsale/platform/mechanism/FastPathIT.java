package com.flashsale.platform.mechanism;

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
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

/** The fast path and the usual way are one: two replicas, of which one has no fast path, answer and count alike. */
@ServiceTest
class FastPathIT {

    private static final Variant UNCHANGED = new Variant("unchanged", _ -> {});

    @LocalServerPort
    int port;

    @Value("${platform.signed-tokens.keys}")
    String keys;

    @Autowired
    MeterRegistry meters;

    @Autowired
    LoadTests loadTests;

    @Autowired
    ConfigurableApplicationContext context;

    ConfigurableApplicationContext other;
    BothWays bothWays;

    @BeforeEach
    void aReplicaWithoutAFastPath() {
        var settings = context.getEnvironment().getPropertySources();
        other = new SpringApplicationBuilder(MechanismApplication.class)
                .initializers(second -> Stream.of("Inlined Test Properties", "engines for tests")
                        .map(settings::get)
                        .filter(java.util.Objects::nonNull)
                        .forEach(second.getEnvironment().getPropertySources()::addFirst))
                .run("--server.port=0", "--platform.fast-path.enabled=false");
        bothWays =
                new BothWays(port, Integer.parseInt(other.getEnvironment().getRequiredProperty("local.server.port")));
        await().until(() ->
                loadTests.areServed() && other.getBean(LoadTests.class).areServed());
    }

    @AfterEach
    void close() {
        other.close();
    }

    @Test
    void requests_of_all_kinds_are_answered_and_counted_alike() {
        var here = CountedRequests.of(meters);
        var there = CountedRequests.of(other.getBean(MeterRegistry.class));

        for (var variant : RequestVariants.all(41, 120)) bothWays.assertAlike(variant, this::aNewThing);

        await().untilAsserted(() -> assertThat(CountedRequests.of(meters).since(here))
                .isEqualTo(
                        CountedRequests.of(other.getBean(MeterRegistry.class)).since(there)));
    }

    @Test
    void refusals_and_faults_of_the_service_are_alike() {
        for (var name : new String[] {"taken", "broken", ""}) {
            bothWays.assertAlike(
                    new Variant(name, request -> request.body("{\"name\":\"" + name + "\",\"count\":1}")),
                    this::aNewThing);
        }
        var customer = UUID.randomUUID().toString();
        assertThat(aNewThing(customer).set("Idempotency-Key", "one").sendTo(port))
                .startsWith("HTTP/1.1 201");
        assertThat(bothWays.assertAlike(
                                new Variant("key of another request", request -> request.set("Idempotency-Key", "one")),
                                () -> aNewThing(customer))
                        .status())
                .isEqualTo("HTTP/1.1 422 ");
    }

    @Test
    void a_plain_request_of_a_known_caller_takes_the_fast_path_and_an_unusual_one_does_not() {
        var before = passedOn();
        assertThat(bothWays.assertAlike(UNCHANGED, this::aNewThing).status()).isEqualTo("HTTP/1.1 201 ");
        assertThat(passedOn()).isEqualTo(before);

        bothWays.assertAlike(new Variant("chunked", RawRequest::chunked), this::aNewThing);
        assertThat(passedOn()).isEqualTo(before + 2);
    }

    @Test
    void a_token_without_a_stamp_takes_the_fast_path_once_it_is_known() {
        var request = aNewThing().without(VerifiedTokenStamp.HEADER);
        var before = passedOn();
        assertThat(request.sendTo(port)).startsWith("HTTP/1.1 201");
        assertThat(passedOn()).isEqualTo(before + 1);
        assertThat(request.sendTo(port)).startsWith("HTTP/1.1 201").contains("Idempotency-Replayed: true");
        assertThat(passedOn()).isEqualTo(before + 1);
    }

    private double passedOn() {
        var counter = meters.find("fast.path.passed.on").tag("uri", "/things").counter();
        return counter == null ? 0 : counter.count();
    }

    private RawRequest aNewThing() {
        return aNewThing(UUID.randomUUID().toString());
    }

    private RawRequest aNewThing(String customer) {
        var token = TestTokens.with(Map.of("sub", customer, "scope", "openid shop"));
        return new RawRequest("/things", "{\"name\":\"" + UUID.randomUUID() + "\",\"count\":1}")
                .set("Content-Type", "application/json")
                .set("Authorization", "Bearer " + token)
                .set(VerifiedTokenStamp.HEADER, new VerifiedTokenStamp(keys, InstantSource.system()).of(token))
                .set("Idempotency-Key", UUID.randomUUID().toString());
    }
}
