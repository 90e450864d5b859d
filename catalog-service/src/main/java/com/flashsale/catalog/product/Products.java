package com.flashsale.catalog.product;

import com.flashsale.catalog.money.Money;
import com.flashsale.catalog.reading.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of products. */
@Repository
public class Products {

    private final JdbcClient jdbc;

    Products(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Product product) {
        jdbc.sql("""
            insert into product (id, name, description, price_minor, currency, picture, created_at, load_test)
            values (:id, :name, :description, :priceMinor, :currency, :picture, :createdAt, :loadTest)
            """)
                .param("id", product.id())
                .param("name", product.name())
                .param("description", product.description())
                .param("priceMinor", product.price().minorUnits())
                .param("currency", product.price().currency().getCurrencyCode())
                .param("picture", product.picture())
                .param("createdAt", product.createdAt().atOffset(ZoneOffset.UTC))
                .param("loadTest", product.loadTest())
                .update();
    }

    public Optional<Product> find(UUID id) {
        return jdbc.sql("""
            select id, name, description, price_minor, currency, picture, created_at, load_test
              from product
             where id = :id
            """).param("id", id).query(Products::read).optional();
    }

    /** Newest first, one more than the page holds. */
    List<Product> list(PageRequest page) {
        return jdbc.sql("""
            select id, name, description, price_minor, currency, picture, created_at, load_test
              from product
             where id < :before
               and load_test is null
             order by id desc
             limit :fetch
            """)
                .param("before", page.before())
                .param("fetch", page.fetch())
                .query(Products::read)
                .list();
    }

    /** Those whose name or description contains the words in any spelling; the trigram index finds them. */
    List<Product> search(String words, PageRequest page) {
        return jdbc.sql("""
            select id, name, description, price_minor, currency, picture, created_at, load_test
              from product
             where id < :before
               and load_test is null
               and folded like '%' || regexp_replace(folded(:words), '([\\\\%_])', '\\\\\\1', 'g') || '%'
             order by id desc
             limit :fetch
            """)
                .param("before", page.before())
                .param("words", words)
                .param("fetch", page.fetch())
                .query(Products::read)
                .list();
    }

    private static Product read(ResultSet row, int number) throws SQLException {
        return new Product(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("description"),
                Money.of(row.getLong("price_minor"), row.getString("currency")),
                row.getString("picture"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("load_test"));
    }
}
