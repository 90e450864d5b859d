package com.flashsale.waitlist;

import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.TestKafka;
import com.flashsale.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A sale as catalog-service tells it. */
public final class ASale {

    private final UUID id = Ids.next();
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private int version;
    private String loadTest;

    private ASale() {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        facts.put("saleId", id);
        facts.put("productId", UUID.randomUUID());
        facts.put("productName", "Aurora Sneaker");
        facts.put("price", Map.of("amount", "89.90", "currency", "EUR"));
        facts.put("allotted", 10);
        facts.put("purchaseLimit", 1);
        facts.put("opensAt", now.minusSeconds(1).toString());
        facts.put("closesAt", now.plusSeconds(3600).toString());
        facts.put("holdDuration", "PT2M");
        facts.put("crowdFactor", 5.0);
        facts.put("admissionFactor", 1.0);
        facts.put("admissionsPerSecond", 500);
        // nothing lapses while a test looks at it, unless it says so itself
        facts.put("turnDuration", "PT10M");
        facts.put("admissionDuration", "PT10M");
        facts.put("offerDuration", "PT10M");
        facts.put("draw", "FIFO");
        facts.put("paused", false);
    }

    public static ASale of(int allotted) {
        return new ASale().with("allotted", allotted);
    }

    public ASale with(String name, Object value) {
        facts.put(name, value);
        return this;
    }

    /** Of a load test. */
    public ASale in(String run) {
        loadTest = run;
        return this;
    }

    public ASale opensIn(Duration time) {
        return with("opensAt", Instant.now().plus(time).toString());
    }

    /** Opens the sale now, once all customers of the lobby are there. */
    public ASale opened() {
        return opensIn(Duration.ZERO).tell("changed");
    }

    public UUID id() {
        return id;
    }

    public int allotted() {
        return (int) facts.get("allotted");
    }

    public ASale scheduled() {
        return tell("scheduled");
    }

    /** Waits until the service has heard of it: the first consumers of a JVM take seconds to begin. */
    public ASale knownTo(int port) {
        var anybody = new AShopper(port);
        await().atMost(Duration.ofSeconds(60)).until(() -> anybody.queue(id).status() == 200);
        return this;
    }

    /** Waits until the replica at this port has heard of the end. */
    public ASale endedTo(int port) {
        var anybody = new AShopper(port);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> anybody.queue(id).state().equals("ENDED"));
        return this;
    }

    public ASale paused() {
        return with("paused", true).tell("paused");
    }

    /** An operator has changed how many turns a second the room gives. */
    public ASale paced(int admissionsPerSecond) {
        return with("admissionsPerSecond", admissionsPerSecond).tell("changed");
    }

    /** After a pause of this long. */
    public ASale resumedAfter(Duration pause) {
        return with("pausedMillis", pause.toMillis()).resumed();
    }

    public ASale resumed() {
        return with("paused", false).tell("resumed");
    }

    public ASale ended() {
        return with("endedAt", Instant.now().toString()).tell("ended");
    }

    /** Tells an older version of the sale late, with another value of one fact. */
    public void toldAgain(String name, Object value, int olderVersion) {
        var old = new LinkedHashMap<>(facts);
        old.put(name, value);
        old.put("version", olderVersion);
        TestKafka.produce("catalog.sale", id.toString(), "com.flashsale.catalog.sale.changed.v1", old);
    }

    private ASale tell(String fact) {
        facts.put("version", ++version);
        var type = "com.flashsale.catalog.sale." + fact + ".v1";
        if (loadTest == null) TestKafka.produce("catalog.sale", id.toString(), type, facts);
        else TestKafka.produceTagged(loadTest, "catalog.sale", id.toString(), type, facts);
        return this;
    }
}
