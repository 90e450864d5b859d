package com.flashsale.load.platform;

import com.flashsale.client.api.Api;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.UnexpectedAnswer;
import com.flashsale.load.http.LeanClient;
import com.flashsale.load.http.Request;
import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.inject.ClosedLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Synthetic shoppers of the run with their tokens, which live for an hour. {@link #of} creates them once, and they come
 * to every sale of a run; {@link #unseen} creates others for one measurement.
 */
public final class ShopperPool {

    private static final int BATCH = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FRESH = Duration.ofMinutes(40);

    /** A visitor takes 700 bytes, so these take 140 MB of a heap of 1 GiB. */
    static final int MOST_UNSEEN = 200_000;

    /** The first address of the unseen, so that they share none with the others. */
    private static final int FIRST_UNSEEN = 1 << 23;

    private final Api api;
    private final MachineToken loadTest;
    private final String run;
    private final List<Visitor> shoppers = new ArrayList<>();
    private long madeAt = System.nanoTime();
    private int unseen;

    public ShopperPool(Api api, MachineToken loadTestToken, String run) {
        this.api = api;
        this.loadTest = loadTestToken;
        this.run = run;
    }

    /** At least {@code count} shoppers; those made before come first. */
    public List<Visitor> of(int count) {
        if (System.nanoTime() - madeAt > FRESH.toNanos()) {
            shoppers.clear();
            madeAt = System.nanoTime();
        }
        while (shoppers.size() < count) {
            create(count - shoppers.size()).forEach(token -> shoppers.add(Visitor.number(shoppers.size(), token)));
        }
        return List.copyOf(shoppers.subList(0, count));
    }

    /**
     * New shoppers whose tokens no process has verified. No other call returns them, and the pool does not keep them.
     *
     * @throws IllegalArgumentException for more than {@value #MOST_UNSEEN} of them
     */
    public List<Visitor> unseen(int count) {
        if (count > MOST_UNSEEN) {
            throw new IllegalArgumentException(
                    "A measurement has at most %d unseen customers, not %d: lower --rate or --for."
                            .formatted(MOST_UNSEEN, count));
        }
        var visitors = new ArrayList<Visitor>(count);
        while (visitors.size() < count) {
            create(count - visitors.size())
                    .forEach(token -> visitors.add(Visitor.number(FIRST_UNSEEN + unseen++, token)));
        }
        return visitors;
    }

    /** The access tokens of one batch of new shoppers. */
    private List<String> create(int wanted) {
        var call = Call.post("/api/v1/synthetic-shoppers", Map.of("count", Math.min(BATCH, wanted)))
                .as(loadTest.current())
                .in(run);
        var items = api.patiently(call, PATIENCE).require(call).path("items");
        if (items.isEmpty()) throw new UnexpectedAnswer(call + " made no customer");
        var tokens = new ArrayList<String>();
        items.forEach(item -> tokens.add(item.path("accessToken").asString()));
        return tokens;
    }

    /**
     * Joins the sale as each shopper and returns their admissions, in the same order. The sale must have a unit for
     * each.
     */
    public static String[] admissions(LeanClient client, String sale, List<Visitor> shoppers)
            throws InterruptedException {
        var admissions = new String[shoppers.size()];
        ClosedLoop.run(client, admissions.length, number -> join(sale, shoppers.get(number)), (number, response) -> {
            admissions[number] = response.member("admission");
            return response.isSuccess() && !admissions[number].isEmpty();
        });
        return admissions;
    }

    public static Request join(String sale, Visitor visitor) {
        return Request.post("/api/v1/sales/" + sale + "/queue-tickets", visitor, "{}");
    }

    public static Request order(String sale, Visitor visitor, String admission) {
        return Request.post("/api/v1/orders", visitor, orderBody(sale, admission));
    }

    public static String orderBody(String sale, String admission) {
        return "{\"saleId\":\"" + sale + "\",\"quantity\":1,\"admission\":\"" + admission + "\"}";
    }
}
