package com.flashsale.violation.deep.part;

import com.flashsale.violation.deep.Whole;
import java.util.Optional;

/** Needs the whole. */
public record Part(Optional<Whole> whole) {}
