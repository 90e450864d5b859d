package com.flashsale.catalog.sale;

import static java.util.stream.Collectors.joining;

import com.flashsale.catalog.money.Money;
import com.flashsale.catalog.sale.Terms.Pacing;
import com.flashsale.catalog.stock.StockBand;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** A sale as a row: its columns, once for all statements, and how it is read back by their names. */
final class SaleRow {

    /** A column of table {@code sale} and its value for a new sale. */
    private record Column(String name, Function<Sale, @Nullable Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("id", Sale::id),
            new Column("version", Sale::version),
            new Column("product_id", Sale::productId),
            new Column("product_name", Sale::productName),
            new Column("price_minor", sale -> sale.price().minorUnits()),
            new Column("currency", sale -> sale.price().currency().getCurrencyCode()),
            new Column("allotted", ofTerms(Terms::allotted)),
            new Column("purchase_limit", ofTerms(Terms::purchaseLimit)),
            new Column("opens_at", ofTerms(terms -> terms.opensAt().atOffset(ZoneOffset.UTC))),
            new Column("closes_at", ofTerms(terms -> terms.closesAt().atOffset(ZoneOffset.UTC))),
            new Column("hold_ms", ofTerms(terms -> terms.holdDuration().toMillis())),
            new Column("crowd_factor", ofPacing(Pacing::crowdFactor)),
            new Column("admission_factor", ofPacing(Pacing::admissionFactor)),
            new Column("admissions_per_second", ofPacing(Pacing::admissionsPerSecond)),
            new Column("turn_ms", ofPacing(pacing -> pacing.turnDuration().toMillis())),
            new Column(
                    "admission_ms",
                    ofPacing(pacing -> pacing.admissionDuration().toMillis())),
            new Column("offer_ms", ofPacing(pacing -> pacing.offerDuration().toMillis())),
            new Column("draw", ofPacing(pacing -> pacing.draw().name())),
            new Column("listed", Sale::listed),
            new Column("load_test", Sale::loadTest));

    /** The columns of a new sale, for a select list. */
    static final String SELECTED =
            COLUMNS.stream().map(column -> "sale." + column.name()).collect(joining(", "));

    static final String INSERT = "insert into sale (%s) values (%s)"
            .formatted(
                    COLUMNS.stream().map(Column::name).collect(joining(", ")),
                    COLUMNS.stream().map(column -> ":" + column.name()).collect(joining(", ")));

    private SaleRow() {}

    private static Function<Sale, @Nullable Object> ofTerms(Function<Terms, Object> value) {
        return sale -> value.apply(sale.terms());
    }

    private static Function<Sale, @Nullable Object> ofPacing(Function<Pacing, Object> value) {
        return sale -> value.apply(sale.terms().pacing());
    }

    /** The values of {@link #INSERT}. */
    static SqlParameterSource of(Sale sale) {
        var values = new MapSqlParameterSource();
        COLUMNS.forEach(column -> values.addValue(column.name(), column.value().apply(sale)));
        values.registerSqlType("load_test", Types.VARCHAR);
        return values;
    }

    static SaleWithStock read(ResultSet row, int number) throws SQLException {
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
        if (available == null) return SaleWithStock.unsold(sale);
        return new SaleWithStock(sale, StockBand.of(available, row.getInt("stock_allotted")));
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

    private static Pacing pacing(ResultSet row) throws SQLException {
        return new Pacing(
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
