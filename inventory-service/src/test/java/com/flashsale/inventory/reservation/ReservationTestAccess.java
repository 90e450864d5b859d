package com.flashsale.inventory.reservation;

import com.flashsale.platform.test.simulation.SimulatedService;
import java.util.List;

/** Stands in for the scheduler in a simulation. */
public final class ReservationTestAccess {

    private ReservationTestAccess() {}

    /** Runs one batch of the expiry job, and returns how many reservations it ended. */
    public static int expire(SimulatedService service) {
        var job = service.bean(ExpireReservations.class);
        return job.expire(job.salesWithDue(List.of())).size();
    }
}
