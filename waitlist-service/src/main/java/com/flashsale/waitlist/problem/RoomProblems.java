package com.flashsale.waitlist.problem;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.time.Instant;

/** The refusals of waiting room and waitlist, as answers. */
public final class RoomProblems {

    private static final ProblemType SALE_NOT_FOUND =
            new ProblemType("sale-not-found", 404, "There is no sale with this id.");
    private static final ProblemType SALE_NOT_OPEN = new ProblemType("sale-not-open", 409, "The sale is not open yet.");
    private static final ProblemType SALE_ENDED = new ProblemType("sale-ended", 410, "The sale has ended.");
    private static final ProblemType SOLD_OUT = new ProblemType("sold-out", 409, "All units are taken.");
    private static final ProblemType CROWD_FULL =
            new ProblemType("crowd-full", 409, "The queue is full: more people wait than units can come.");
    private static final ProblemType LIMIT_REACHED =
            new ProblemType("limit-reached", 409, "The purchase limit of this sale is reached.");
    private static final ProblemType NOT_YOUR_TURN = new ProblemType("not-your-turn", 409, "It is not your turn yet.");
    private static final ProblemType TURN_PASSED = new ProblemType("turn-passed", 409, "Your turn has passed.");
    private static final ProblemType TICKET_INVALID =
            new ProblemType("ticket-invalid", 403, "This is not a ticket of yours for this sale.");
    private static final ProblemType UNAVAILABLE =
            new ProblemType("waiting-room-unavailable", 503, "The waiting room is not available at the moment.");

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private RoomProblems() {}

    public static ProblemException saleNotFound() {
        return new ProblemException(SALE_NOT_FOUND, "A sale that was created a moment ago may need another one.");
    }

    public static ProblemException saleEnded() {
        return new ProblemException(SALE_ENDED, "Nobody is let in any more.");
    }

    public static ProblemException ticketInvalid() {
        return new ProblemException(TICKET_INVALID, "Use the ticket that you got when you joined this sale.");
    }

    public static ProblemException saleNotOpen(Instant opensAt, Instant lobbyOpensAt) {
        return new ProblemException(SALE_NOT_OPEN, "One may join from 15 minutes before it opens.")
                .with("opensAt", opensAt)
                .with("lobbyOpensAt", lobbyOpensAt);
    }

    public static ProblemException soldOut(SaleId sale) {
        return new ProblemException(
                        SOLD_OUT, "Units that come back go to the waitlist; your ticket keeps its place there.")
                .with("waitlist", "/api/v1/sales/" + sale.value() + "/waitlist-entries");
    }

    public static ProblemException crowdFull() {
        return new ProblemException(CROWD_FULL, "Come back in a while: places become free when people leave.");
    }

    public static ProblemException notYourTurn(Duration wait) {
        var bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return new ProblemException(NOT_YOUR_TURN, "The queue tells the number that is served now.")
                .retryAfter(bounded.compareTo(SOON) < 0 ? SOON : bounded);
    }

    public static ProblemException limitReached() {
        return new ProblemException(LIMIT_REACHED, "If you cancel an order, or do not pay it, you may come again.");
    }

    /** @param hasTurn whether the customer's turn has come: its clock stands still */
    public static ProblemException paused(boolean hasTurn) {
        var detail = hasTurn
                ? "The sale is paused. Your turn is kept and goes on when the sale does."
                : "The sale is paused. Your place is kept.";
        return new ProblemException(NOT_YOUR_TURN, detail).retryAfter(PAUSE).with("paused", true);
    }

    public static ProblemException turnPassed() {
        return new ProblemException(
                TURN_PASSED, "Join again. A turn that was not claimed in time keeps its place, twice at most.");
    }

    public static ProblemException unavailable() {
        return new ProblemException(UNAVAILABLE, "Your place is kept by your ticket; try again in a second.")
                .retryAfter(SOON);
    }
}
