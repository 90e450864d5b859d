package com.flashsale.catalog.sale;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Bodies of new sales, as a script would send them. */
final class SaleBodies {

    private SaleBodies() {}

    /** Only the required fields; open since a moment ago, for an hour. */
    static Map<String, Object> anOpenSale(UUID product) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return aSale(product, now.minusSeconds(5), now.plusSeconds(3_600));
    }

    static Map<String, Object> aSale(UUID product, Instant opens, Instant closes) {
        var body = new LinkedHashMap<String, Object>();
        body.put("productId", product.toString());
        body.put("price", Map.of("amount", "59.90", "currency", "EUR"));
        body.put("allotted", 1_000);
        body.put("purchaseLimit", 2);
        body.put("opensAt", opens.toString());
        body.put("closesAt", closes.toString());
        return body;
    }

    static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        var changed = new LinkedHashMap<>(body);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return changed;
    }
}
