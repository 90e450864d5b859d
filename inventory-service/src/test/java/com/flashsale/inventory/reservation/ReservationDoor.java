package com.flashsale.inventory.reservation;

import com.flashsale.platform.test.simulation.SimulatedService;
import java.util.List;

/** What a simulation does in place of the scheduler. */
public final class ReservationDoor {

    private ReservationDoor() {}

    /** One batch of the expiry job; how many reservations it ended. */
    public static int expire(SimulatedService service) {
        var job = service.bean(ExpireReservations.class);
        return job.expire(job.salesWithDue(List.of())).size();
    }
}
