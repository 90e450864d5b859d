/** The invariants of the platform: their rules, and the evidence in databases, topics and clients' histories. */
@NullMarked
package com.flashsale.audit;

import org.jspecify.annotations.NullMarked;
