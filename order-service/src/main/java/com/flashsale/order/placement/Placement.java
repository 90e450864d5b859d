package com.flashsale.order.placement;

import com.flashsale.order.order.Purchase;
import com.flashsale.platform.idempotency.IdempotencyRequest;
import com.flashsale.platform.idempotency.StoredResponse;
import com.flashsale.platform.observability.WorkContext;

/**
 * An order that has passed the door.
 *
 * @param response the answer to its customer once it is committed
 * @param origin of its request, which ends in another thread
 */
record Placement(Purchase purchase, IdempotencyRequest request, StoredResponse response, WorkContext origin) {}
