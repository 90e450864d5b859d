package com.flashsale.order.payment;

import com.flashsale.platform.loadtest.PurgeTarget;
import org.springframework.stereotype.Component;

/** A load test's charges at the provider, whose customer we are: we ask it to forget them. */
@Component
class ProviderPurgeTarget implements PurgeTarget {

    private final PaymentProvider provider;

    ProviderPurgeTarget(PaymentProvider provider) {
        this.provider = provider;
    }

    @Override
    public String name() {
        return "charges at the payment provider";
    }

    @Override
    public long remove(String run) {
        return provider.removeChargesOf(run);
    }

    @Override
    public long left(String run) {
        return provider.chargesOf(run);
    }
}
