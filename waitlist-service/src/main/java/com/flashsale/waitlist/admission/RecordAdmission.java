package com.flashsale.waitlist.admission;

import static java.util.stream.Collectors.toMap;

import com.flashsale.platform.groupcommit.GroupCommit;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes admissions to PostgreSQL before anybody sees them: what a customer holds survives Redis, and the unique index lets him hold one.
 * Many callers share a transaction.
 */
@Service
public class RecordAdmission implements DisposableBean {

    private final Admissions admissions;
    private final TransactionTemplate transaction;
    private final GroupCommit<Admission, Admission> commits;

    RecordAdmission(
            Admissions admissions, TransactionTemplate transaction, AdmissionSettings settings, MeterRegistry meters) {
        this.admissions = admissions;
        this.transaction = transaction;
        this.commits = new GroupCommit<>(
                "admissions",
                new GroupCommit.Settings(settings.batch(), settings.queue(), settings.maxWait(), settings.pace()),
                meters,
                this::write);
    }

    /** The admission that the customer holds now: this one, or another that he already had. */
    public Admission record(Admission wanted) {
        return commits.submit(wanted);
    }

    private record Holder(SaleId sale, CustomerId customer) {

        static Holder of(Admission admission) {
            return new Holder(admission.sale(), admission.customer());
        }
    }

    private List<Admission> write(List<Admission> wanted) {
        var held = transaction.execute(_ -> {
            admissions.insert(wanted);
            return admissions.held(wanted);
        });
        if (held == null) throw new IllegalStateException("no result of a committed transaction");
        var byId = held.stream().collect(toMap(Admission::id, Function.identity()));
        var byHolder = held.stream().collect(toMap(Holder::of, Function.identity(), (a, b) -> isNewer(a, b) ? a : b));
        return wanted.stream()
                .map(each -> {
                    var holds = byId.getOrDefault(each.id(), byHolder.get(Holder.of(each)));
                    // the other one lapsed between our two statements: nothing was written, the caller comes again
                    if (holds == null)
                        throw new ConcurrencyFailureException("no admission was written for " + each.id());
                    return holds;
                })
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
