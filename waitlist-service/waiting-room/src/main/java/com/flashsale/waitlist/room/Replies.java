package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The replies of the scripts as types. */
final class Replies {

    private Replies() {}

    /** Empty when PostgreSQL must approve more numbers first. */
    static Optional<JoinReply> join(Reply reply) {
        if (reply.is("CEILING")) return Optional.empty();
        return Optional.of(
                switch (reply.outcome()) {
                    case "ADMITTED" -> new JoinReply.Admitted(reply.number("number"), claimOf(reply), reply.epoch());
                    case "WAITING" -> new JoinReply.Waiting(reply.number("number"));
                    case "LOBBY" -> new JoinReply.InLobby(reply.number("place"), reply.epoch());
                    case "NOT_OPEN" -> new JoinReply.NotOpen();
                    case "SOLD_OUT" -> new JoinReply.SoldOut();
                    case "CROWD_FULL" -> new JoinReply.CrowdFull();
                    case "ENDED" -> new JoinReply.Ended();
                    default -> throw unknown("join.lua", reply);
                });
    }

    static PeekReply peek(Reply reply) {
        return switch (reply.outcome()) {
            case "NONE" -> new PeekReply.NotJoined();
            case "CROWD_FULL" -> new PeekReply.CrowdFull();
            case "LOBBY" -> new PeekReply.InLobby(reply.number("place"));
            case "WAITING" -> new PeekReply.Waiting(reply.number("number"));
            case "TURN" -> new PeekReply.HasTurn(reply.number("number"), (int) reply.number("units"));
            case "ADMITTED" -> new PeekReply.Admitted(reply.number("number"), claimOf(reply));
            case "PASSED" -> new PeekReply.TurnPassed(reply.number("number"));
            case "SOLD_OUT" -> new PeekReply.SoldOut(reply.number("number"));
            default -> throw unknown("peek.lua", reply);
        };
    }

    static ClaimReply claim(Reply reply) {
        return switch (reply.outcome()) {
            case "ADMITTED" -> new ClaimReply.Admitted(reply.number("number"), claimOf(reply), reply.epoch());
            case "NOT_YOUR_TURN" -> new ClaimReply.NotYourTurn(Duration.ofSeconds(reply.number("seconds")));
            case "PAUSED" -> new ClaimReply.Paused();
            case "TURN_KEPT" -> new ClaimReply.TurnKept();
            case "PASSED" -> new ClaimReply.TurnPassed();
            case "SOLD_OUT" -> new ClaimReply.SoldOut();
            case "ENDED" -> new ClaimReply.Ended();
            default -> throw unknown("claim.lua", reply);
        };
    }

    static DrawReply draw(Reply reply) {
        return switch (reply.outcome()) {
            case "NEXT" -> new DrawReply.Next(reply.epoch(), reply.number("issued"), candidates(reply));
            case "CUT" -> new DrawReply.Cut(reply.epoch());
            case "EMPTY" -> new DrawReply.Empty();
            default -> throw unknown("draw.lua", reply);
        };
    }

    private static List<DrawReply.Candidate> candidates(Reply reply) {
        return reply.fields().all("candidates").stream()
                .map(each -> new DrawReply.Candidate(new CustomerId(UUID.fromString(each.text("customer"))), (long)
                        Double.parseDouble(each.text("place"))))
                .toList();
    }

    static Optional<RoomState.SoldOut> soldOut(Reply reply) {
        if (!reply.is("SOLD_OUT")) return Optional.empty();
        return Optional.of(new RoomState.SoldOut(
                reply.epoch(),
                reply.number("phase"),
                reply.number("issued"),
                reply.number("numbered"),
                reply.number("lobby")));
    }

    static RoomState state(Reply reply) {
        var state = reply.fields().json("state");
        return new RoomState(
                reply.epoch(),
                Instant.ofEpochMilli(state.number("clock")),
                state.number("phase"),
                new RoomState.Numbers(
                        state.number("issued"),
                        state.number("serving"),
                        state.number("settled"),
                        state.number("ceiling")),
                new RoomState.Units(
                        state.number("available"),
                        state.number("stockVersion"),
                        state.number("promised"),
                        state.number("inFlight")),
                new RoomState.Customers(state.number("waiting"), state.number("lobby"), state.number("promises")),
                new RoomState.Pace(state.number("admitted"), state.number("steadyPerMinute")),
                new RoomState.Doubtful(promises(state.all("overdue")), promises(state.all("stuck"))));
    }

    private static List<DoubtfulPromise> promises(List<Reply.Fields> all) {
        return all.stream()
                .map(each -> new DoubtfulPromise(each.text("member"), claimOrNull(each.textOrNull("claim"))))
                .toList();
    }

    private static @Nullable Claim claimOrNull(@Nullable String text) {
        return text == null ? null : Claim.parse(text);
    }

    private static Claim claimOf(Reply reply) {
        return Claim.parse(reply.text("claim"));
    }

    private static IllegalStateException unknown(String script, Reply reply) {
        return new IllegalStateException(script + " replied " + reply.outcome());
    }
}
