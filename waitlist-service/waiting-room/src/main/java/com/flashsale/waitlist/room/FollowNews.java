package com.flashsale.waitlist.room;

import com.flashsale.platform.messaging.Event;
import com.flashsale.waitlist.admission.AdmissionNews;
import com.flashsale.waitlist.admission.AdmissionNews.AdmissionVoided;
import com.flashsale.waitlist.admission.AdmissionNews.OrderDecided;
import com.flashsale.waitlist.admission.AdmissionNews.OrderPlaced;
import com.flashsale.waitlist.admission.AdmissionNews.UnitsSettled;
import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.sale.LoadTestSales;
import java.util.List;
import org.springframework.stereotype.Service;

/** Follows the news about admissions, in PostgreSQL first and then in the rooms. */
@Service
class FollowNews {

    private final SettleAdmissions settleAdmissions;
    private final Promises promises;
    private final LoadTestSales loadTestSales;

    FollowNews(SettleAdmissions settleAdmissions, Promises promises, LoadTestSales loadTestSales) {
        this.settleAdmissions = settleAdmissions;
        this.promises = promises;
        this.loadTestSales = loadTestSales;
    }

    /** @param events whose data are {@link AdmissionNews} */
    void follow(List<Event> events) {
        loadTestSales.noteEarly(events, event -> ((AdmissionNews) event.data()).saleId());
        var placed = dataOf(events, OrderPlaced.class);
        if (!placed.isEmpty()) promises.tell(settleAdmissions.ordered(placed), List.of());
        var voided = dataOf(events, AdmissionVoided.class);
        if (!voided.isEmpty()) promises.tell(settleAdmissions.voided(voided), List.of());
        var decided = dataOf(events, OrderDecided.class);
        if (!decided.isEmpty()) {
            var stocks = decided.stream().map(OrderDecided::toStock).toList();
            promises.tell(settleAdmissions.decided(decided), stocks);
        }
        var settled = dataOf(events, UnitsSettled.class);
        if (!settled.isEmpty()) settleAdmissions.settled(settled);
    }

    private static <T> List<T> dataOf(List<Event> events, Class<T> type) {
        return events.stream()
                .map(Event::data)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
