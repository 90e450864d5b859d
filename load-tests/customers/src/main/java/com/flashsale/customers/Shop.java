package com.flashsale.customers;

import com.flashsale.client.api.Api;
import java.time.Duration;

/** One sale as its customers see it: the way there, the board, and the behaviour of the crowd as a whole. */
public final class Shop implements AutoCloseable {

    private static final int CALLS_AT_ONCE = 128;

    /** Twice as many requests wait for the lane as fit into it: it never runs empty. */
    private static final int PUSH_PER_LANE = 2;

    /**
     * @param joinsUnderWay join requests that are under way at the same time
     * @param joinsPerCustomer requests that each customer sends at once to join: impatient people have several tabs
     * @param comesBackAfter the pause after a full house turned a customer away
     */
    public record Manners(int joinsUnderWay, int joinsPerCustomer, Duration comesBackAfter) {}

    private final String saleId;
    private final Manners manners;
    private final OrderLog orderLog;
    private final Tally tally = new Tally();
    private final Wire wire;
    private final Doorway doorway;
    private final Board board;

    private Shop(Api api, String saleId, Manners manners, OrderLog orderLog) {
        this.saleId = saleId;
        this.manners = manners;
        this.orderLog = orderLog;
        this.wire = new Wire(api, tally, manners.joinsUnderWay(), CALLS_AT_ONCE);
        this.doorway = new Doorway(Math.max(1, PUSH_PER_LANE * manners.joinsUnderWay() / manners.joinsPerCustomer()));
        this.board = new Board(wire, saleId);
    }

    public static Shop open(Api api, String saleId, Manners manners, OrderHistory history) {
        return new Shop(api, saleId, manners, history);
    }

    static Shop of(Api api, String saleId, Manners manners, OrderLog orderLog) {
        return new Shop(api, saleId, manners, orderLog);
    }

    /** For single purchases, which need no history. */
    public static Shop quiet(Api api, String saleId) {
        return new Shop(api, saleId, new Manners(1, 1, Duration.ofSeconds(1)), _ -> {});
    }

    String saleId() {
        return saleId;
    }

    Manners manners() {
        return manners;
    }

    OrderLog orderLog() {
        return orderLog;
    }

    Doorway doorway() {
        return doorway;
    }

    Wire wire() {
        return wire;
    }

    public Tally tally() {
        return tally;
    }

    public Board board() {
        return board;
    }

    @Override
    public void close() {
        board.close();
    }
}
