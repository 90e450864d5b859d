package com.flashsale.inventory;

import com.flashsale.platform.test.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The events of catalog-service about one sale. */
public final class Catalog {

    public static final String TOPIC = "catalog.sale";

    private final Map<String, Object> facts = new HashMap<>();

    private Catalog(UUID saleId, int allotted) {
        facts.putAll(product(saleId, allotted));
        facts.putAll(pacing());
    }

    private static Map<String, Object> product(UUID saleId, int allotted) {
        return Map.of(
                "saleId",
                saleId,
                "version",
                1,
                "productId",
                UUID.randomUUID(),
                "productName",
                "Lamp",
                "price",
                Map.of("amount", "89.90", "currency", "EUR"),
                "allotted",
                allotted,
                "purchaseLimit",
                2,
                "paused",
                false);
    }

    private static Map<String, Object> pacing() {
        var now = Instant.now();
        return Map.of(
                "opensAt",
                now.minus(Duration.ofHours(1)).toString(),
                "closesAt",
                now.plus(Duration.ofHours(1)).toString(),
                "holdDuration",
                "PT2M",
                "crowdFactor",
                5.0,
                "admissionFactor",
                1.0,
                "admissionsPerSecond",
                500,
                "turnDuration",
                "PT30S",
                "admissionDuration",
                "PT1M",
                "offerDuration",
                "PT5M",
                "draw",
                "FIFO");
    }

    /** An open sale with a limit of two units and two minutes to pay. */
    public static Catalog sale(int allotted) {
        return sale(UUID.randomUUID(), allotted);
    }

    public static Catalog sale(UUID saleId, int allotted) {
        return new Catalog(saleId, allotted);
    }

    public Catalog with(String name, Object value) {
        facts.put(name, value);
        return this;
    }

    public UUID saleId() {
        return (UUID) facts.get("saleId");
    }

    /** As a sale of a load test. */
    public void tellInLoadTest(String run, String fact) {
        TestKafka.produceTagged(
                run, TOPIC, saleId().toString(), "com.flashsale.catalog.sale." + fact + ".v1", Map.copyOf(facts));
    }

    public UUID tell(String fact) {
        var messageId = UUID.randomUUID();
        tell(fact, messageId);
        return messageId;
    }

    public void tell(String fact, UUID messageId) {
        tell(fact, messageId, saleId());
    }

    /** Another sale whose news travels behind that of this one: when it is known, all news before it was heard. */
    public UUID tellMarker() {
        var marker = sale(1);
        marker.tell("scheduled", UUID.randomUUID(), saleId());
        return marker.saleId();
    }

    private void tell(String fact, UUID messageId, UUID key) {
        TestKafka.produce(
                TOPIC, key.toString(), "com.flashsale.catalog.sale." + fact + ".v1", messageId, Map.copyOf(facts));
    }
}
