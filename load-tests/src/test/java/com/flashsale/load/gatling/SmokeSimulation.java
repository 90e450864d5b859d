package com.flashsale.load.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.UUID;

/** As many customers as there are units, all at once: each of them must end with a paid order. */
public final class SmokeSimulation extends Simulation {

    private static final int CUSTOMERS = Integer.getInteger("customers", 20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int LOOKS = 100;

    private final Shop shop = Shop.ofEnvironment();
    private final String sale = shop.openSale(CUSTOMERS);

    private final ChainBuilder join = exec(http("join")
                    .post("/api/v1/sales/" + sale + "/queue-tickets")
                    .header("Authorization", "Bearer #{token}")
                    .check(status().is(201), jsonPath("$.ticket").saveAs("ticket"))
                    .check(jsonPath("$.admission").optional().saveAs("admission")))
            .asLongAs(session -> !session.contains("admission") && session.getInt("claims") < LOOKS, "claims")
            .on(pause(BETWEEN_LOOKS)
                    .exec(http("claim")
                            .post("/api/v1/sales/" + sale + "/admissions")
                            .header("Authorization", "Bearer #{token}")
                            .body(StringBody("{\"ticket\":\"#{ticket}\"}"))
                            .asJson()
                            .check(status().in(201, 409))
                            .check(jsonPath("$.admission").optional().saveAs("admission"))));

    private final ChainBuilder order = exec(session ->
                    session.set("key", UUID.randomUUID().toString()))
            .exec(http("order accepted")
                    .post("/api/v1/orders")
                    .header("Authorization", "Bearer #{token}")
                    .header("Idempotency-Key", "#{key}")
                    .body(StringBody("{\"saleId\":\"" + sale + "\",\"quantity\":1,\"admission\":\"#{admission}\"}"))
                    .asJson()
                    .check(status().is(202), jsonPath("$.id").saveAs("order")))
            .exec(until("RESERVED"));

    private final ChainBuilder pay = exec(http("pay")
                    .post("/api/v1/orders/#{order}/payments")
                    .header("Authorization", "Bearer #{token}")
                    .header("Idempotency-Key", "pay-#{key}")
                    .body(StringBody("{\"paymentMethod\":\"test-approve\"}"))
                    .asJson()
                    .check(status().is(202)))
            .exec(until("PAID"));

    /** Polls the order until it has the state; the last poll must find it. */
    private static ChainBuilder until(String state) {
        var counter = "looks" + state;
        return exec(session -> session.remove("state"))
                .asLongAs(
                        session -> !state.equals(session.getString("state")) && session.getInt(counter) < LOOKS,
                        counter)
                .on(pause(BETWEEN_LOOKS)
                        .exec(http("look")
                                .get("/api/v1/orders/#{order}")
                                .header("Authorization", "Bearer #{token}")
                                .check(status().is(200), jsonPath("$.state").saveAs("state"))))
                .exec(http("is " + state)
                        .get("/api/v1/orders/#{order}")
                        .header("Authorization", "Bearer #{token}")
                        .check(jsonPath("$.state").is(state)));
    }

    {
        setUp(scenario("smoke")
                        .feed(listFeeder(shop.shoppers(CUSTOMERS)))
                        .exec(join, order, pay)
                        .injectOpen(atOnceUsers(CUSTOMERS)))
                .protocols(http.baseUrl(shop.gateway()))
                .assertions(global().failedRequests().count().is(0L));
    }
}
