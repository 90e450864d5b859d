package com.flashsale.client.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Customers made for a test, with their tokens. Made without the name of a load test they are as good as real. */
public final class SyntheticShoppers {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Few at once, because an answer of tokens is held in memory. */
    private static final int BATCH = 250;

    private final Api api;
    private final String loadTestToken;

    public SyntheticShoppers(Api api, String loadTestToken) {
        this.api = api;
        this.loadTestToken = loadTestToken;
    }

    public List<Account> create(int count) {
        var accounts = new ArrayList<Account>();
        while (accounts.size() < count) {
            var call = Call.post(
                            "/api/v1/synthetic-shoppers", Map.of("count", Math.min(BATCH, count - accounts.size())))
                    .as(loadTestToken);
            var items = api.patiently(call, PATIENCE).require(call).path("items");
            if (items.isEmpty()) {
                throw new UnexpectedAnswer(call + " made nobody");
            }
            items.forEach(item -> accounts.add(new Account(
                    item.path("customerId").asString(), item.path("accessToken").asString())));
        }
        return List.copyOf(accounts);
    }
}
