package com.flashsale.load.workload;

import com.flashsale.load.inject.Injector.Visit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One kind of visit to the platform. */
public interface Workload {

    String name();

    default String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Creates a sale, shoppers and admissions for the given number of visitors. Not measured. */
    Prepared prepare(TestRun testRun, int visitors) throws InterruptedException;

    /**
     * A prepared workload.
     *
     * @param sale the sale that the visitors come for
     * @param orders whether the visits end in orders; the run then waits until those are settled
     * @param visits what each visitor does
     */
    record Prepared(@Nullable String sale, boolean orders, Visits visits) {}

    /** Binds the visits to the run that counts them. */
    @FunctionalInterface
    interface Visits {
        Visit in(WorkloadRun run);
    }
}
