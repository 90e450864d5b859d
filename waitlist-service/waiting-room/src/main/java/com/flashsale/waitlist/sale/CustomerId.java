package com.flashsale.waitlist.sale;

import java.util.UUID;

public record CustomerId(UUID value) {}
