package com.flashsale.control;

import com.flashsale.control.live.Marker.Kind;
import com.flashsale.control.live.Timeline;
import com.flashsale.control.sample.Sample.SaleNow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts changes of sales on the time line: created, opened, paused, resumed, sold out, ended. */
final class SaleChanges {

    private final Timeline timeline;
    private @Nullable Map<String, SaleNow> before;

    SaleChanges(Timeline timeline) {
        this.timeline = timeline;
    }

    void look(List<SaleNow> sales) {
        var now = new HashMap<String, SaleNow>();
        sales.forEach(sale -> now.put(sale.id(), sale));
        var known = before;
        before = now;
        if (known == null) return;
        for (var sale : sales) {
            var old = known.get(sale.id());
            // an ended sale may come into view when another one leaves it
            if (old == null && sale.state().equals("ENDED")) continue;
            var was = old == null ? "" : old.state();
            if (!was.equals(sale.state())) timeline.add(Kind.SALE, text(sale, was));
        }
    }

    /** Called after a pause: the changes in it have no known time. */
    void forget() {
        before = null;
    }

    private static String text(SaleNow sale, String was) {
        var verb = switch (sale.state()) {
            case "SCHEDULED" -> "was created, and opens later";
            case "PAUSED" -> "is paused";
            case "SOLD_OUT" -> "is sold out";
            case "ENDED" -> "has ended";
            default -> was.equals("PAUSED") ? "was resumed" : was.equals("SOLD_OUT") ? "has units again" : "has opened";
        };
        return "%s (%d units) %s".formatted(sale.name(), sale.allotted(), verb);
    }
}
