package com.flashsale.inventory.stock;

import java.util.UUID;

public record SaleId(UUID value) {}
