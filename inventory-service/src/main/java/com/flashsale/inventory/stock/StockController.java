package com.flashsale.inventory.stock;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The stock of a sale, for tools beside the platform. The gateway has no route to it. */
@RestController
class StockController {

    private final Stocks stocks;

    StockController(Stocks stocks) {
        this.stocks = stocks;
    }

    @GetMapping("/internal/v1/sales/{saleId}/stock")
    StockSnapshot stock(@PathVariable UUID saleId) {
        return stocks.find(new SaleId(saleId))
                .map(StockSnapshot::of)
                .orElseThrow(() -> new ProblemException(ProblemTypes.NOT_FOUND, "No such sale."));
    }
}
