package com.flashsale.waitlist.admission;

import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.sale.Stock;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The news of other services about admissions and their orders, as far as it is read here. */
public sealed interface AdmissionNews {

    /** Null where the news does not name its sale. */
    @Nullable
    UUID saleId();

    /**
     * The fields that this service reads of {@code order.order} placed: the admission that was used, and its customer.
     * An answer about a withdrawn admission has fewer of them.
     */
    record OrderPlaced(
            UUID orderId,
            UUID admissionId,
            @Nullable UUID saleId,
            @Nullable UUID customerId,
            @Nullable Integer quantity)
            implements AdmissionNews {

        public OrderPlaced {
            Objects.requireNonNull(orderId, "orderId");
            Objects.requireNonNull(admissionId, "admissionId");
        }
    }

    /**
     * The fields that this service reads of {@code inventory.reservation} events.
     *
     * @param reason why the order got no unit, if it was refused
     * @param stock after the change
     */
    record OrderDecided(
            UUID orderId,
            UUID saleId,
            @Nullable UUID customerId,
            @Nullable Integer quantity,
            @Nullable String reason,
            Stock.Figures stock)
            implements AdmissionNews {

        public OrderDecided {
            Objects.requireNonNull(orderId, "orderId");
            Objects.requireNonNull(saleId, "saleId");
            Objects.requireNonNull(stock, "stock");
        }

        public Stock toStock() {
            return stock.of(new SaleId(saleId));
        }
    }

    /**
     * The outcome of the units of an order after they were held. An order that was paid late is sold after it had
     * expired, and no further change follows.
     */
    sealed interface UnitsSettled extends AdmissionNews {

        UUID orderId();

        @Override
        UUID saleId();

        UUID customerId();

        int quantity();

        /** The column of {@code admitted_order}: the largest one stays. */
        int stage();
    }

    /** The units are free again. */
    record UnitsFreed(UUID orderId, UUID saleId, UUID customerId, int quantity) implements UnitsSettled {

        public UnitsFreed {
            Objects.requireNonNull(orderId, "orderId");
            Objects.requireNonNull(saleId, "saleId");
            Objects.requireNonNull(customerId, "customerId");
        }

        @Override
        public int stage() {
            return 2;
        }
    }

    /** The units are the customer's for good. */
    record UnitsSold(UUID orderId, UUID saleId, UUID customerId, int quantity) implements UnitsSettled {

        public UnitsSold {
            Objects.requireNonNull(orderId, "orderId");
            Objects.requireNonNull(saleId, "saleId");
            Objects.requireNonNull(customerId, "customerId");
        }

        @Override
        public int stage() {
            return 3;
        }
    }

    /**
     * The fields that this service reads of {@code order.admission} voided: no order was placed with it, and none ever
     * will be.
     */
    record AdmissionVoided(UUID admissionId) implements AdmissionNews {

        public AdmissionVoided {
            Objects.requireNonNull(admissionId, "admissionId");
        }

        /** Not read: the row of the admission has its sale. */
        @Override
        public @Nullable UUID saleId() {
            return null;
        }
    }
}
