package com.flashsale.order;

import com.flashsale.platform.test.TestKafka;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** catalog-service, as far as it can be heard. */
public final class Catalog {

    private Catalog() {}

    public static Map<String, Object> facts(UUID sale, long version) {
        var now = Instant.now();
        var facts = new HashMap<String, Object>();
        facts.put("saleId", sale);
        facts.put("version", version);
        facts.put("productId", UUID.randomUUID());
        facts.put("productName", "Aurora Sneaker");
        facts.put("price", Map.of("amount", "89.90", "currency", "EUR"));
        facts.put("allotted", 100);
        facts.put("purchaseLimit", 2);
        facts.put("opensAt", now.minusSeconds(60).toString());
        facts.put("closesAt", now.plusSeconds(3600).toString());
        facts.put("holdDuration", "PT2M");
        facts.put("paused", false);
        return facts;
    }

    static void saysInLoadTest(String run, String fact, Map<String, Object> facts) {
        TestKafka.produceTagged(
                run,
                "catalog.sale",
                facts.get("saleId").toString(),
                "com.flashsale.catalog.sale." + fact + ".v1",
                facts);
    }

    public static void says(String fact, Map<String, Object> facts) {
        TestKafka.produce(
                "catalog.sale", facts.get("saleId").toString(), "com.flashsale.catalog.sale." + fact + ".v1", facts);
    }
}
