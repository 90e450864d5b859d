package com.flashsale.inventory.reservation;

import java.util.UUID;

record ReservationId(UUID value) {}
