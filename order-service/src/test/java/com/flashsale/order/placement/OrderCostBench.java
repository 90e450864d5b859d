package com.flashsale.order.placement;

import com.flashsale.order.Catalog;
import com.flashsale.order.sale.SaleCache;
import com.flashsale.platform.security.SignedTokens;
import com.flashsale.platform.test.RawRequest;
import com.flashsale.platform.test.RequestCost;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import com.flashsale.platform.time.Ids;
import com.flashsale.platform.token.VerifiedTokenStamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The processor time of an order over HTTP, on the fast path and the usual way in turns. {@code -Dorder.first=usual}
 * lets the usual way begin. By {@code FLASHSALE_ENGINES=embedded ./flashsale test -pl order-service -am
 * -Dtest=OrderCostBench -Dsurefire.failIfNoSpecifiedTests=false}; it is no test and judges nothing.
 */
@ServiceTest
class OrderCostBench {

    private static final int TURNS = 8;
    private static final int REQUESTS = 1_500;
    private static final int CONNECTIONS = 32;

    private final int port;
    private final SaleCache sales;
    private final SignedTokens tokens;
    private final VerifiedTokenStamp gateway;

    OrderCostBench(
            @LocalServerPort int port,
            @Autowired SaleCache sales,
            @Autowired SignedTokens tokens,
            @Value("${platform.signed-tokens.keys}") String keys) {
        this.port = port;
        this.sales = sales;
        this.tokens = tokens;
        this.gateway = new VerifiedTokenStamp(keys, InstantSource.system());
    }

    @Test
    void order() throws InterruptedException {
        var sale = UUID.randomUUID();
        Catalog.says("scheduled", Catalog.facts(sale, 1));
        Awaitility.await().until(() -> sales.find(sale).isPresent());
        boolean fast = !"usual".equals(System.getProperty("order.first"));
        for (int turn = 0; turn < 2 * TURNS; turn++, fast = !fast) {
            var way = fast;
            var orders =
                    Stream.generate(() -> anOrder(sale, way)).limit(REQUESTS).toList();
            var cost = RequestCost.of(port, orders, CONNECTIONS, 202);
            System.out.printf(
                    "cost  turn %d  %-9s %.3f ms an order, %,.0f/s%n",
                    turn / 2 + 1, way ? "fast path" : "usual", cost.millis(), cost.perSecond());
        }
    }

    /** The fast path leaves a content type with parameters to the usual way. */
    private RawRequest anOrder(UUID sale, boolean fast) {
        var customer = UUID.randomUUID();
        var token = TestTokens.shopper(customer);
        var admission = tokens.sign(
                Admission.TYPE,
                Map.of(
                        "jti", Ids.next().toString(),
                        "sub", customer.toString(),
                        "sale", sale.toString(),
                        "units", 1,
                        "exp", Instant.now().plusSeconds(600).getEpochSecond()));
        return new RawRequest(
                        "/api/v1/orders",
                        "{\"saleId\":\"%s\",\"quantity\":1,\"admission\":\"%s\"}".formatted(sale, admission))
                .without("Connection")
                .set("Content-Type", fast ? "application/json" : "application/json;charset=utf-8")
                .set("Authorization", "Bearer " + token)
                .set(VerifiedTokenStamp.HEADER, gateway.of(token))
                .set("Idempotency-Key", "key");
    }
}
