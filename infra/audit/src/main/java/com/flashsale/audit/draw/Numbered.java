package com.flashsale.audit.draw;

import java.util.UUID;

/** @param number in the line; 0 when it is not known */
public record Numbered(UUID customer, long number) {}
