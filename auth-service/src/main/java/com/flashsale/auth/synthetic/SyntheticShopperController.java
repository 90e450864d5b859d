package com.flashsale.auth.synthetic;

import com.flashsale.platform.groupcommit.OverloadedException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes and removes shoppers for load tests. The answer goes out batch by batch: 25,000 tokens are 15 MB and need not
 * lie in memory.
 */
@RestController
@RequestMapping("/api/v1/synthetic-shoppers")
class SyntheticShopperController {

    private static final int MOST = 25_000;
    private static final int BATCH = 1_000;
    private static final int REMOVE_BATCH = 5_000;
    /** Signing keeps a core busy; people's sign-ins need one too. */
    private static final int AT_ONCE = 1;

    record Wanted(
            @Min(value = 1, message = "must be 1 to 25000") @Max(value = MOST, message = "must be 1 to 25000")
            int count) {}

    record Removed(int removed) {}

    private final SyntheticShoppers shoppers;
    private final SyntheticTokens tokens;
    private final JsonMapper json;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    SyntheticShopperController(SyntheticShoppers shoppers, SyntheticTokens tokens, JsonMapper json) {
        this.shoppers = shoppers;
        this.tokens = tokens;
        this.json = json;
    }

    @PostMapping
    void create(@Valid @RequestBody Wanted wanted, HttpServletResponse response) throws IOException {
        if (!turns.tryAcquire()) throw new OverloadedException("synthetic shoppers are being made already");
        try {
            var first = shoppers.add(Math.min(BATCH, wanted.count()));
            response.setStatus(HttpStatus.CREATED.value());
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            try (var answer = json.createGenerator(response.getOutputStream())) {
                answer.writeStartObject();
                answer.writeArrayPropertyStart("items");
                write(first, answer);
                for (int left = wanted.count() - first.size(); left > 0; left -= BATCH) {
                    write(shoppers.add(Math.min(BATCH, left)), answer);
                }
                answer.writeEndArray();
                answer.writeEndObject();
            }
        } finally {
            turns.release();
        }
    }

    private void write(List<UUID> batch, JsonGenerator answer) {
        for (var shopper : batch) {
            answer.writeStartObject();
            answer.writeStringProperty("customerId", shopper.toString());
            answer.writeStringProperty("accessToken", tokens.accessToken(shopper));
            answer.writeEndObject();
        }
    }

    /** All of them. Their tokens stay valid until they end; the accounts are gone at once. */
    @DeleteMapping
    Removed removeAll() {
        int removed = 0;
        int batch;
        do {
            batch = shoppers.removeSome(REMOVE_BATCH);
            removed += batch;
        } while (batch == REMOVE_BATCH);
        return new Removed(removed);
    }
}
