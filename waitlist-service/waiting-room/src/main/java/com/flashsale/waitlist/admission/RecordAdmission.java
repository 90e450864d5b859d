package com.flashsale.waitlist.admission;

import static java.util.stream.Collectors.toMap;

import com.flashsale.platform.groupcommit.GroupCommit;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes admissions to PostgreSQL before the customers see them: what a customer holds survives Redis, and the unique
 * index lets them hold one. Many callers share a transaction.
 */
@Service
public class RecordAdmission implements DisposableBean {

    private final Admissions admissions;
    private final RoomEpochs epochs;
    private final TransactionTemplate transaction;
    private final GroupCommit<Wanted, Optional<Admission>> commits;

    RecordAdmission(
            Admissions admissions,
            RoomEpochs epochs,
            TransactionTemplate transaction,
            AdmissionSettings settings,
            MeterRegistry meters) {
        this.admissions = admissions;
        this.epochs = epochs;
        this.transaction = transaction;
        this.commits = new GroupCommit<>(
                "admissions",
                new GroupCommit.Settings(settings.batch(), settings.queue(), settings.maxWait(), settings.pace()),
                meters,
                this::write);
    }

    /** @param epoch of the room that gave the turn */
    private record Wanted(Admission admission, long epoch) {

        boolean isOf(Map<SaleId, Long> current) {
            return current.getOrDefault(admission.sale(), 0L) == epoch;
        }
    }

    /**
     * The admission that the customer holds now: this one, or another that they already had. Nothing if the room has
     * been rebuilt since it gave the turn: then the turn is void, and the new room does not know of it.
     */
    public Optional<Admission> record(Admission wanted, long epoch) {
        return commits.submit(new Wanted(wanted, epoch));
    }

    private record Holder(SaleId sale, CustomerId customer) {

        static Holder of(Admission admission) {
            return new Holder(admission.sale(), admission.customer());
        }
    }

    private List<Optional<Admission>> write(List<Wanted> batch) {
        var wanted = batch.stream().map(Wanted::admission).toList();
        var held = transaction.execute(_ -> {
            var current =
                    epochs.keep(wanted.stream().map(Admission::sale).distinct().toList());
            var valid = batch.stream()
                    .filter(each -> each.isOf(current))
                    .map(Wanted::admission)
                    .toList();
            if (!valid.isEmpty()) admissions.insert(valid);
            return admissions.held(wanted);
        });
        if (held == null) throw new IllegalStateException("no result of a committed transaction");
        var byId = held.stream().collect(toMap(Admission::id, Function.identity()));
        var byHolder = held.stream().collect(toMap(Holder::of, Function.identity(), (a, b) -> isNewer(a, b) ? a : b));
        return wanted.stream()
                .map(each -> Optional.ofNullable(byId.getOrDefault(each.id(), byHolder.get(Holder.of(each)))))
                .toList();
    }

    private static boolean isNewer(Admission a, Admission b) {
        return a.issuedAt().isAfter(b.issuedAt());
    }

    @Override
    public void destroy() {
        commits.close();
    }
}
