package com.flashsale.audit.draw;

import java.util.Comparator;
import java.util.List;

/**
 * The known numbers as far as they follow the order of the draw. Customers in the lobby have the smallest numbers, in
 * that order; a customer after the opening has a larger one, in the order of arrival.
 *
 * @param inOrder how many of the smallest known numbers follow the draw
 * @param through the largest of these
 */
record LobbyOrder(int known, int inOrder, long through) {

    static LobbyOrder of(Draw draw, List<Numbered> customers) {
        var byNumber = customers.stream()
                .filter(each -> each.number() > 0)
                .sorted(Comparator.comparingLong(Numbered::number))
                .toList();
        int inOrder = 0;
        long through = 0;
        long last = -1;
        for (var each : byNumber) {
            long place = draw.place(each.customer());
            if (place < last) break;
            last = place;
            inOrder++;
            through = each.number();
        }
        return new LobbyOrder(byNumber.size(), inOrder, through);
    }

    /** True when a lobby of this size was served in the order of its draw. */
    boolean covers(long lobby) {
        return inOrder == known || through >= lobby;
    }

    String text() {
        return "%d customers with a known number; the first %d of them, up to number %d, stand in the order of the draw"
                .formatted(known, inOrder, through);
    }
}
