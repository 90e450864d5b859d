package com.flashsale.load.platform;

import com.flashsale.client.api.Api;
import com.flashsale.client.api.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Creates the sales of a run, which real customers neither see nor can buy from. Turns and holds outlast a run, and the
 * pace of admissions limits nothing unless the caller sets it.
 */
public final class Sales {

    /**
     * @param units units allotted to the sale
     * @param admissionsPerSecond the pace of the waiting room
     */
    public record Wanted(int units, int admissionsPerSecond, Instant opensAt) {
        public static Wanted openNow(int units) {
            return new Wanted(units, 100_000, Instant.now());
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, String> PRICE = Map.of("amount", "89.90", "currency", "EUR");

    private final Api api;
    private final MachineToken loadTest;
    private final String run;

    public Sales(Api api, MachineToken loadTestToken, String run) {
        this.api = api;
        this.loadTest = loadTestToken;
        this.run = run;
    }

    /** @return the sale's id */
    public String create(Wanted wanted) {
        var product = post(
                "/api/v1/products", Map.of("name", "Load test", "description", "Made by a load test.", "price", PRICE));
        var facts = new HashMap<String, Object>();
        facts.put("productId", product);
        facts.put("price", PRICE);
        facts.put("allotted", wanted.units());
        facts.put("purchaseLimit", 1);
        facts.put("opensAt", wanted.opensAt().toString());
        facts.put("closesAt", Instant.now().plus(Duration.ofHours(2)).toString());
        facts.put("holdDuration", "PT2H");
        facts.put("admissionsPerSecond", wanted.admissionsPerSecond());
        facts.put("turnDuration", "PT1H");
        facts.put("admissionDuration", "PT1H");
        return post("/api/v1/sales", facts);
    }

    public void end(String sale) {
        var call = Call.post("/api/v1/sales/" + sale + "/end", Map.of())
                .as(loadTest.current())
                .in(run);
        api.patiently(call, PATIENCE).require(call);
    }

    private String post(String path, Object body) {
        var call = Call.post(path, body).as(loadTest.current()).in(run);
        return api.patiently(call, PATIENCE).require(call).path("id").asString();
    }
}
