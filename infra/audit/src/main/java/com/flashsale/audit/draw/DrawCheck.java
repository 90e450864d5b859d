package com.flashsale.audit.draw;

import com.flashsale.client.api.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a published draw with the values that can be computed from it.
 *
 * @param lobby how many customers stood in the lobby when the sale opened; 0 when that is not known
 */
public record DrawCheck(Answer published, List<Numbered> customers, long lobby) {

    private static final int MOST_LISTED = 20;

    /**
     * @param holds false when a published value cannot be true
     * @param lines the findings, for people
     */
    public record Verdict(boolean holds, List<String> lines) {}

    public Verdict verdict() {
        var lines = new ArrayList<String>();
        var commitment = published.text("commitment");
        var seed = published.text("seed");
        lines.add("commitment  " + commitment);
        if (seed.isEmpty()) {
            lines.add("seed        secret until the sale opens; keep the commitment and check again then");
            return new Verdict(true, lines);
        }
        lines.add("seed        " + seed);
        var draw = Draw.ofHex(seed);
        boolean honest = draw.commitment().equals(commitment);
        lines.add(mark(honest) + "SHA-256 of the seed: " + draw.commitment());
        if (published.text("draw").equals("FIFO")) {
            lines.add("This sale draws nothing: who came first is first.");
            return new Verdict(honest, lines);
        }
        customers.stream().limit(MOST_LISTED).forEach(each -> lines.add(line(draw, each)));
        if (customers.size() > MOST_LISTED) lines.add("  … and %d more".formatted(customers.size() - MOST_LISTED));
        lines.add("Not to be known from outside: who else stood in the lobby."
                + " A place becomes a number by its rank among them,");
        lines.add("so of any two customers of the lobby the one with the smaller place must have the smaller number.");
        boolean kept = ordered(draw, lines);
        return new Verdict(honest && kept, lines);
    }

    private boolean ordered(Draw draw, List<String> lines) {
        var order = LobbyOrder.of(draw, customers);
        if (order.known() < 2) return true;
        lines.add(order.text());
        if (lobby == 0) {
            lines.add("Whoever stands behind came after the opening, if the draw was kept;"
                    + " --lobby says how many stood in it.");
            return true;
        }
        boolean kept = order.covers(lobby);
        lines.add(mark(kept) + "a lobby of %d in the order of its draw".formatted(lobby));
        return kept;
    }

    private static String line(Draw draw, Numbered each) {
        return "  customer %s  place %015d%s"
                .formatted(
                        each.customer(),
                        draw.place(each.customer()),
                        each.number() > 0 ? "  number " + each.number() : "");
    }

    private static String mark(boolean good) {
        return "%-10s ".formatted(good ? "OK" : "VIOLATED");
    }
}
