/** The ledger: every movement of money once, never changed. */
@NullMarked
package com.flashsale.payment.ledger;

import org.jspecify.annotations.NullMarked;
