package com.flashsale.violation.deep;

import com.flashsale.violation.deep.part.Part;

/** Needs its part. */
public record Whole(Part part) {}
