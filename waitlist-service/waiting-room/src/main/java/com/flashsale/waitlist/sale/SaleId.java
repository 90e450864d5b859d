package com.flashsale.waitlist.sale;

import java.util.UUID;

public record SaleId(UUID value) {}
