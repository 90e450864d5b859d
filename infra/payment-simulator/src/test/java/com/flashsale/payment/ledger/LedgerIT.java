package com.flashsale.payment.ledger;

import static com.flashsale.payment.ProviderClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.flashsale.payment.ProviderClient;
import com.flashsale.payment.ledger.LedgerEntry.Kind;
import com.flashsale.payment.money.Money;
import com.flashsale.platform.test.ServiceTest;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
class LedgerIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionTemplate transaction;

    private final UUID order = UUID.randomUUID();
    private ProviderClient provider;

    @BeforeEach
    void connect() {
        provider = ProviderClient.on(port);
    }

    @Test
    void pages_neither_repeat_nor_leave_out_what_was_there_when_reading_began() {
        for (int i = 0; i < 5; i++) charge("before-" + i);

        var first = json(provider.ledger("?limit=2&orderId=" + order));
        charge("meanwhile");
        var second = json(provider.ledger("?limit=2&orderId=" + order + "&cursor="
                + first.get("nextCursor").asLong()));
        var third = json(provider.ledger("?limit=2&orderId=" + order + "&cursor="
                + second.get("nextCursor").asLong()));

        assertThat(first.at("/items/0/chargeKey").asString()).endsWith("before-4");
        assertThat(second.at("/items/0/chargeKey").asString()).endsWith("before-2");
        assertThat(second.at("/items/1/chargeKey").asString()).endsWith("before-1");
        assertThat(third.get("items")).hasSize(1);
        assertThat(third.get("nextCursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=101", "?limit=x", "?cursor=x", "?orderId=x"})
    void a_question_that_makes_no_sense_is_refused(String query) {
        provider.ledger(query).expectStatus().isBadRequest();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"update ledger_entry set amount_minor = 1", "delete from ledger_entry", "truncate ledger_entry"})
    void no_statement_changes_what_was_entered(String statement) {
        charge("kept");
        assertThatThrownBy(() -> jdbc.sql(statement).update()).hasMessageContaining("append only");
        assertThat(provider.ledgerOf(order)).hasSize(1);
    }

    @Test
    void the_charges_of_a_load_test_are_removed_and_real_money_stays() {
        var run = "evening-" + order;
        charge("real");
        provider.chargeIn(run, order + "-tagged", order).expectStatus().isCreated();
        provider.refund(order + "-tagged").expectStatus().isOk();
        assertThat(provider.loadTest(run).get("charges").asInt()).isEqualTo(1);
        assertThat(provider.ledgerOf(order)).hasSize(3);

        var removed = provider.removeLoadTest(run);

        assertThat(removed.get("charges").asInt()).isEqualTo(1);
        assertThat(removed.get("tables").valueStream())
                .extracting(
                        table -> table.get("name").asString(),
                        table -> table.get("removed").asInt())
                .containsExactly(tuple("ledger_entry", 2), tuple("charge", 1));
        assertThat(removed.get("tables").valueStream())
                .allSatisfy(table -> assertThat(table.get("after")).isEqualTo(table.get("before")));
        assertThat(provider.ledgerOf(order)).hasSize(1);
        provider.charge(order + "-tagged").expectStatus().isNotFound();
        provider.charge(order + "-real").expectStatus().isOk();
    }

    @Test
    void real_money_is_not_removed_even_by_a_purge() {
        charge("real");
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
                    jdbc.sql("set local platform.purge = 'on'").update();
                    jdbc.sql("delete from ledger_entry where order_id = :order")
                            .param("order", order)
                            .update();
                }))
                .hasMessageContaining("append only");
        assertThat(provider.ledgerOf(order)).hasSize(1);
    }

    @Test
    void a_movement_is_entered_with_its_charge_or_not_at_all() {
        var entry = LedgerEntry.of("nobody", order, Kind.CAPTURE, Money.of(1, "EUR"), Instant.EPOCH);
        assertThatThrownBy(() -> ledger.append(entry)).isInstanceOf(IllegalTransactionStateException.class);
    }

    private void charge(String name) {
        provider.charge(order + "-" + name, order, "1.00", "test-approve")
                .expectStatus()
                .isCreated();
    }
}
