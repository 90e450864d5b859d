package com.flashsale.inventory.reservation;

import java.util.UUID;

record CustomerId(UUID value) {}
