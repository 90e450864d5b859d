package com.flashsale.platform.mechanism;

import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.outbox.OutboxEvent;
import java.util.Map;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the world something, the short way: a request, a transaction, an event. */
@RestController
class NewsController {

    static final String TYPE = "com.flashsale.mechanism.thing.told.v1";

    private final Outbox outbox;
    private final TransactionTemplate transaction;

    NewsController(Outbox outbox, TransactionTemplate transaction) {
        this.outbox = outbox;
        this.transaction = transaction;
    }

    @PutMapping("/things/news/{key}")
    void tell(@PathVariable String key) {
        transaction.executeWithoutResult(
                _ -> outbox.append(new OutboxEvent("thing", key, TYPE, key, Map.of("key", key))));
    }
}
