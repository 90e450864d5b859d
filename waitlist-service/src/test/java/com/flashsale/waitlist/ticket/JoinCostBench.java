package com.flashsale.waitlist.ticket;

import com.flashsale.platform.test.RawRequest;
import com.flashsale.platform.test.RequestCost;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import com.flashsale.platform.token.VerifiedTokenStamp;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AnInventory;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The processor time of a join of a customer never seen before, on the fast path and the usual way in turns.
 * {@code -Djoin.first=usual} lets the usual way begin, in a JVM in which no request was served before. By
 * {@code FLASHSALE_ENGINES=embedded ./flashsale test -pl waitlist-service -am -Dtest=JoinCostBench
 * -Dsurefire.failIfNoSpecifiedTests=false}; it is no test and judges nothing.
 */
@ServiceTest
class JoinCostBench {

    private static final int TURNS = 8;
    private static final int REQUESTS = 1_500;
    private static final int CONNECTIONS = 16;

    private final int port;
    private final VerifiedTokenStamp gateway;

    JoinCostBench(@LocalServerPort int port, @Value("${platform.signed-tokens.keys}") String keys) {
        this.port = port;
        this.gateway = new VerifiedTokenStamp(keys, InstantSource.system());
    }

    @Test
    void join() throws InterruptedException {
        var sale = ASale.of(1_000_000)
                .with("admissionsPerSecond", 100_000)
                .scheduled()
                .knownTo(port);
        AnInventory.of(sale).told();
        boolean fast = !"usual".equals(System.getProperty("join.first"));
        for (int turn = 0; turn < 2 * TURNS; turn++, fast = !fast) {
            var way = fast;
            var joins =
                    Stream.generate(() -> aJoin(sale.id(), way)).limit(REQUESTS).toList();
            print(turn, way, joins);
        }
    }

    private void print(int turn, boolean fast, List<RawRequest> joins) throws InterruptedException {
        var cost = RequestCost.of(port, joins, CONNECTIONS, 201);
        System.out.printf(
                "cost  turn %d  %-9s %.3f ms a join, %,.0f/s%n",
                turn / 2 + 1, fast ? "fast path" : "usual", cost.millis(), cost.perSecond());
    }

    /** The fast path leaves a content type with parameters to the usual way. */
    private RawRequest aJoin(UUID sale, boolean fast) {
        var token = TestTokens.shopper(UUID.randomUUID());
        return new RawRequest("/api/v1/sales/" + sale + "/queue-tickets", "{}")
                .without("Connection")
                .set("Content-Type", fast ? "application/json" : "application/json;charset=utf-8")
                .set("Authorization", "Bearer " + token)
                .set(VerifiedTokenStamp.HEADER, gateway.of(token));
    }
}
