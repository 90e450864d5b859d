package com.flashsale.inventory.stock;

import java.util.UUID;

/** The order for which units move. */
public record OrderId(UUID value) {}
