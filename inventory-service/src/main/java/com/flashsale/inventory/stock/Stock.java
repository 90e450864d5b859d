package com.flashsale.inventory.stock;

/**
 * The units of a sale by state: available, reserved or sold. The three add up to the allotted units.
 *
 * @param version grows by one with each committed change, so that one version names one state
 */
public record Stock(SaleId sale, int allotted, int reserved, int sold, long version) {

    public Stock {
        if (allotted < 0 || reserved < 0 || sold < 0 || (long) reserved + sold > allotted) {
            throw new IllegalStateException(
                    "%s: %d reserved and %d sold of %d allotted".formatted(sale, reserved, sold, allotted));
        }
    }

    public static Stock allotted(SaleId sale, int units) {
        return new Stock(sale, units, 0, 0, 1);
    }

    public int available() {
        return allotted - reserved - sold;
    }

    public Stock hold(int units) {
        return new Stock(sale, allotted, Math.addExact(reserved, units), sold, version);
    }

    public Stock sell(int units) {
        return new Stock(sale, allotted, reserved - units, sold + units, version);
    }

    public Stock release(int units) {
        return new Stock(sale, allotted, reserved - units, sold, version);
    }

    public Stock nextVersion() {
        return new Stock(sale, allotted, reserved, sold, version + 1);
    }
}
