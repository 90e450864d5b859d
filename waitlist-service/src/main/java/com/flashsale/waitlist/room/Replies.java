package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The replies of the scripts as types. */
final class Replies {

    private Replies() {}

    /** Empty when PostgreSQL must approve more numbers first. */
    static Optional<JoinReply> join(Reply reply) {
        if (reply.is("CEILING")) return Optional.empty();
        return Optional.of(
                switch (reply.outcome()) {
                    case "ADMITTED" -> new JoinReply.Admitted(reply.number(1), claimOf(reply), reply.epoch());
                    case "WAITING" -> new JoinReply.Waiting(reply.number(1));
                    case "LOBBY" -> new JoinReply.InLobby(reply.number(1), reply.epoch());
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
            case "LOBBY" -> new PeekReply.InLobby(reply.number(1));
            case "WAITING" -> new PeekReply.Waiting(reply.number(1));
            case "TURN" -> new PeekReply.HasTurn(reply.number(1), (int) reply.number(2));
            case "ADMITTED" -> new PeekReply.Admitted(reply.number(1), claimOf(reply));
            case "PASSED" -> new PeekReply.TurnPassed(reply.number(1));
            case "SOLD_OUT" -> new PeekReply.SoldOut(reply.number(1));
            default -> throw unknown("peek.lua", reply);
        };
    }

    static ClaimReply claim(Reply reply) {
        return switch (reply.outcome()) {
            case "ADMITTED" -> new ClaimReply.Admitted(reply.number(1), claimOf(reply), reply.epoch());
            case "NOT_YOUR_TURN" -> new ClaimReply.NotYourTurn(Duration.ofSeconds(reply.number(1)));
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
            case "NEXT" -> new DrawReply.Next(reply.epoch(), reply.number(1), candidates(reply.texts(2)));
            case "CUT" -> new DrawReply.Cut(reply.epoch());
            case "EMPTY" -> new DrawReply.Empty();
            default -> throw unknown("draw.lua", reply);
        };
    }

    /** @param scored members and their scores in turn, as {@code zrange} gives them */
    private static List<DrawReply.Candidate> candidates(List<String> scored) {
        var all = new ArrayList<DrawReply.Candidate>();
        for (int i = 0; i < scored.size(); i += 2) {
            var customer = new CustomerId(UUID.fromString(scored.get(i)));
            all.add(new DrawReply.Candidate(customer, (long) Double.parseDouble(scored.get(i + 1))));
        }
        return all;
    }

    static Optional<SoldOutState> soldOut(Reply reply) {
        if (!reply.is("SOLD_OUT")) return Optional.empty();
        return Optional.of(
                new SoldOutState(reply.number(1), reply.number(2), reply.number(3), reply.number(4), reply.number(5)));
    }

    static RoomState state(Reply reply) {
        return new RoomState(
                reply.epoch(),
                Instant.ofEpochMilli(reply.number(17)),
                reply.number(9),
                new RoomState.Numbers(reply.number(1), reply.number(2), reply.number(3), reply.number(4)),
                new RoomState.Units(reply.number(5), reply.number(6), reply.number(7), reply.number(8)),
                new RoomState.Customers(reply.number(10), reply.number(11), reply.number(12)),
                new RoomState.Pace(reply.number(13), reply.number(16)),
                new RoomState.Doubtful(promises(reply.texts(14)), promises(reply.texts(15))));
    }

    private static List<DoubtfulPromise> promises(List<String> texts) {
        return texts.stream()
                .map(text -> {
                    var cut = text.indexOf('|');
                    var claim = cut + 1 < text.length() ? Claim.parse(text.substring(cut + 1)) : null;
                    return new DoubtfulPromise(text.substring(0, cut), claim);
                })
                .toList();
    }

    private static Claim claimOf(Reply reply) {
        return Claim.parse(reply.text(2));
    }

    private static IllegalStateException unknown(String script, Reply reply) {
        return new IllegalStateException(script + " replied " + reply.outcome());
    }
}
