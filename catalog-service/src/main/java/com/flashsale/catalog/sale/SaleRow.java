package com.flashsale.catalog.sale;

import com.flashsale.catalog.money.Money;
import com.flashsale.catalog.stock.StockBand;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A sale as a row: flat to be bound by a statement, and how it is read back. */
record SaleRow(
        UUID id,
        int version,
        UUID productId,
        String productName,
        long priceMinor,
        String currency,
        int allotted,
        int purchaseLimit,
        OffsetDateTime opensAt,
        OffsetDateTime closesAt,
        long holdMs,
        double crowdFactor,
        double admissionFactor,
        int admissionsPerSecond,
        long turnMs,
        long admissionMs,
        long offerMs,
        String draw,
        boolean listed,
        @Nullable String loadTest) {

    static SaleRow of(Sale sale) {
        var terms = sale.terms();
        var pacing = terms.pacing();
        return new SaleRow(
                sale.id(),
                sale.version(),
                sale.productId(),
                sale.productName(),
                sale.price().minorUnits(),
                sale.price().currency().getCurrencyCode(),
                terms.allotted(),
                terms.purchaseLimit(),
                terms.opensAt().atOffset(ZoneOffset.UTC),
                terms.closesAt().atOffset(ZoneOffset.UTC),
                terms.holdDuration().toMillis(),
                pacing.crowdFactor(),
                pacing.admissionFactor(),
                pacing.admissionsPerSecond(),
                pacing.turnDuration().toMillis(),
                pacing.admissionDuration().toMillis(),
                pacing.offerDuration().toMillis(),
                pacing.draw().name(),
                sale.listed(),
                sale.loadTest());
    }

    static Listing read(ResultSet row, int number) throws SQLException {
        var sale = new Sale(
                row.getObject("id", UUID.class),
                row.getInt("version"),
                row.getObject("product_id", UUID.class),
                row.getString("product_name"),
                row.getString("picture"),
                Money.of(row.getLong("price_minor"), row.getString("currency")),
                terms(row),
                row.getBoolean("listed"),
                pauses(row),
                instant(row, "ended_at"),
                row.getString("load_test"));
        var available = row.getObject("stock_available", Integer.class);
        if (available == null) return Listing.unsold(sale);
        return new Listing(sale, StockBand.of(available, row.getInt("stock_allotted")));
    }

    private static Terms terms(ResultSet row) throws SQLException {
        return new Terms(
                row.getInt("allotted"),
                row.getInt("purchase_limit"),
                row.getObject("opens_at", OffsetDateTime.class).toInstant(),
                row.getObject("closes_at", OffsetDateTime.class).toInstant(),
                Duration.ofMillis(row.getLong("hold_ms")),
                pacing(row));
    }

    private static Terms.Pacing pacing(ResultSet row) throws SQLException {
        return new Terms.Pacing(
                row.getDouble("crowd_factor"),
                row.getDouble("admission_factor"),
                row.getInt("admissions_per_second"),
                Duration.ofMillis(row.getLong("turn_ms")),
                Duration.ofMillis(row.getLong("admission_ms")),
                Duration.ofMillis(row.getLong("offer_ms")),
                Draw.valueOf(row.getString("draw")));
    }

    private static Sale.Pauses pauses(ResultSet row) throws SQLException {
        return new Sale.Pauses(
                row.getBoolean("paused"), instant(row, "paused_at"), Duration.ofMillis(row.getLong("paused_ms")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
