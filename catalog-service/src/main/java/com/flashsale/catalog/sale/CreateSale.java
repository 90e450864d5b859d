package com.flashsale.catalog.sale;

import com.flashsale.catalog.money.Money;
import com.flashsale.catalog.product.Products;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.outbox.Outbox;
import java.util.Currency;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Announces a sale of a product. */
@Service
class CreateSale {

    record Command(UUID saleId, UUID productId, Money price, Terms terms, boolean listed) {}

    sealed interface Outcome {

        record Created(SaleWithStock sale) implements Outcome {}

        record UnknownProduct(UUID productId) implements Outcome {}

        /** The product belongs to a load test and the caller does not, or the other way round. */
        record OfOtherTraffic() implements Outcome {}

        /** The sale's price is in another currency than the product's. */
        record WrongCurrency(Currency needed) implements Outcome {}
    }

    private final Products products;
    private final Sales sales;
    private final Outbox outbox;

    CreateSale(Products products, Sales sales, Outbox outbox) {
        this.products = products;
        this.sales = sales;
        this.outbox = outbox;
    }

    @Transactional
    public Outcome create(Command command) {
        var product = products.find(command.productId()).orElse(null);
        if (product == null) return new Outcome.UnknownProduct(command.productId());
        var currency = product.price().currency();
        if (!currency.equals(command.price().currency())) return new Outcome.WrongCurrency(currency);
        if (!Objects.equals(product.loadTest(), LoadTest.current())) return new Outcome.OfOtherTraffic();
        var sale = Sale.scheduled(command, product);
        sales.insert(sale);
        outbox.append(SaleEvent.SCHEDULED.of(sale));
        return new Outcome.Created(SaleWithStock.unsold(sale));
    }
}
