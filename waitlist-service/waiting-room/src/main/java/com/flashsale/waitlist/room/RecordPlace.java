package com.flashsale.waitlist.room;

import com.flashsale.platform.groupcommit.GroupCommit;
import com.flashsale.waitlist.admission.AdmissionSettings;
import com.flashsale.waitlist.admission.RoomEpochs;
import com.flashsale.waitlist.room.LobbyPlaces.LobbyPlace;
import com.flashsale.waitlist.sale.SaleId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes places of the lobby to PostgreSQL before the customers hear of them, so that a draw needs no Redis that
 * remembers. Many callers share a transaction.
 */
@Service
class RecordPlace implements DisposableBean {

    /** @param epoch of the room that gave the place */
    private record Wanted(LobbyPlace place, long epoch) {

        boolean isOf(Map<SaleId, Long> current) {
            return current.getOrDefault(place.sale(), 0L) == epoch;
        }
    }

    private final LobbyPlaces places;
    private final RoomEpochs epochs;
    private final TransactionTemplate transaction;
    private final GroupCommit<Wanted, Boolean> commits;

    RecordPlace(
            LobbyPlaces places,
            RoomEpochs epochs,
            TransactionTemplate transaction,
            AdmissionSettings settings,
            MeterRegistry meters) {
        this.places = places;
        this.epochs = epochs;
        this.transaction = transaction;
        this.commits = new GroupCommit<>(
                "lobby",
                new GroupCommit.Settings(settings.batch(), settings.queue(), settings.maxWait(), settings.pace()),
                meters,
                this::write);
    }

    /** False if the room has been rebuilt meanwhile and does not know the place: the customer joins again. */
    boolean record(LobbyPlace place, long epoch) {
        return commits.submit(new Wanted(place, epoch));
    }

    private List<Boolean> write(List<Wanted> wanted) {
        var written = transaction.execute(_ -> {
            var current = epochs.keep(
                    wanted.stream().map(each -> each.place().sale()).distinct().toList());
            var valid = wanted.stream()
                    .filter(each -> each.isOf(current))
                    .map(Wanted::place)
                    .toList();
            if (!valid.isEmpty()) places.write(valid);
            return wanted.stream().map(each -> each.isOf(current)).toList();
        });
        if (written == null) throw new IllegalStateException("no result of a committed transaction");
        return written;
    }

    @Override
    public void destroy() {
        commits.close();
    }
}
