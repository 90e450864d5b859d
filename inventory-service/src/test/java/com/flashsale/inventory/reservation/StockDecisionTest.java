package com.flashsale.inventory.reservation;

import static com.flashsale.inventory.reservation.Buyers.ALICE;
import static com.flashsale.inventory.reservation.Buyers.BOB;
import static com.flashsale.inventory.reservation.Buyers.NOON;
import static com.flashsale.inventory.reservation.Buyers.aSaleOf;
import static com.flashsale.inventory.reservation.Buyers.anId;
import static com.flashsale.inventory.reservation.Buyers.cancelled;
import static com.flashsale.inventory.reservation.Buyers.held;
import static com.flashsale.inventory.reservation.Buyers.limitOf;
import static com.flashsale.inventory.reservation.Buyers.oneUnit;
import static com.flashsale.inventory.reservation.Buyers.paid;
import static com.flashsale.inventory.reservation.Buyers.placed;
import static com.flashsale.inventory.reservation.Buyers.units;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.stock.LockedSale;
import com.flashsale.inventory.stock.SaleTerms;
import com.flashsale.inventory.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StockDecisionTest {

    @Test
    void an_order_holds_its_units_until_the_time_to_pay_is_over() {
        var order = units(2, ALICE);
        var decision = decide(aSaleOf(10), List.of(), placed(order));

        assertThat(decision.decisions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.Held.class,
                        held -> assertThat(held.reservation().expiresAt()).isEqualTo(NOON.plus(Duration.ofMinutes(2))));
        assertThat(decision.stock()).returns(2, Stock::reserved).returns(8, Stock::available);
        assertThat(decision.created()).singleElement().isInstanceOf(Reservation.Held.class);
    }

    @Test
    void the_last_unit_goes_to_the_first_who_came() {
        var first = oneUnit();
        var second = oneUnit();
        var decision = decide(aSaleOf(1), List.of(), placed(first), placed(second));

        assertThat(decision.decisions().get(0)).isInstanceOf(Decision.Held.class);
        assertThat(decision.decisions().get(1)).isEqualTo(new Decision.Refused(second, Refusal.SOLD_OUT));
    }

    @Test
    void an_order_for_more_than_is_left_gets_nothing_rather_than_a_part() {
        var order = units(2, ALICE);
        assertThat(decide(aSaleOf(1), List.of(), placed(order)).decisions())
                .containsExactly(new Decision.Refused(order, Refusal.SOLD_OUT));
    }

    @Test
    void units_that_a_customer_holds_and_owns_count_against_the_limit() {
        var first = units(1, ALICE);
        var owned = held(units(1, ALICE)).confirm(NOON);
        var sale = new LockedSale(new Stock(Buyers.SALE, 10, 0, 1, 2), limitOf(2), NOON);
        var third = units(1, ALICE);
        var decision = decide(sale, List.of(owned), placed(first), placed(third));

        assertThat(decision.decisions().get(0)).isInstanceOf(Decision.Held.class);
        assertThat(decision.decisions().get(1)).isEqualTo(new Decision.Refused(third, Refusal.LIMIT_REACHED));
    }

    @Test
    void a_released_unit_no_longer_counts_against_the_limit() {
        var first = units(2, ALICE);
        var again = units(2, ALICE);
        var decision = decide(aSaleOf(10), List.of(), placed(first), cancelled(first), placed(again));

        assertThat(decision.decisions().getLast()).isInstanceOf(Decision.Held.class);
    }

    @Test
    void placed_and_cancelled_in_one_batch_leaves_a_released_reservation_and_all_units() {
        var order = oneUnit();
        var decision = decide(aSaleOf(1), List.of(), placed(order), cancelled(order));

        assertThat(decision.created()).singleElement().isInstanceOf(Reservation.Released.class);
        assertThat(decision.settled()).isEmpty();
        assertThat(decision.stock()).returns(1, Stock::available).returns(2L, Stock::version);
        assertThat(decision.movements()).hasSize(2);
    }

    @Test
    void the_whole_life_of_an_order_fits_in_one_batch() {
        var order = oneUnit();
        var decision = decide(aSaleOf(1), List.of(), placed(order), paid(order), cancelled(order));

        assertThat(decision.created()).singleElement().isInstanceOf(Reservation.Confirmed.class);
        assertThat(decision.stock()).returns(1, Stock::sold).returns(0, Stock::reserved);
    }

    @Test
    void the_same_order_under_another_message_id_changes_nothing() {
        var reservation = held(oneUnit());
        var decision = decide(saleHolding(reservation), List.of(reservation), placed(reservation.purchase()));

        assertThat(decision.decisions()).isEmpty();
        assertThat(decision.stock()).returns(1L, Stock::version);
    }

    @Test
    void a_payment_after_the_time_to_pay_still_wins_while_the_units_are_held() {
        var order = oneUnit();
        var overdue = new Reservation.Held(anId(), order, NOON.minusSeconds(120), NOON.minusSeconds(4));
        var decision = decide(saleHolding(overdue), List.of(overdue), paid(order));

        assertThat(decision.settled())
                .extracting(ReservationBook.Change::to)
                .singleElement()
                .isInstanceOf(Reservation.Confirmed.class);
        assertThat(decision.stock()).returns(1, Stock::sold).returns(0, Stock::reserved);
    }

    @Test
    void a_payment_known_after_expiry_takes_a_free_unit_again() {
        var expired = held(oneUnit()).expire(NOON);
        var decision = decide(aSaleOf(1), List.of(expired), paid(expired.purchase()));

        assertThat(decision.decisions()).singleElement().isInstanceOf(Decision.Confirmed.class);
        assertThat(decision.stock()).returns(1, Stock::sold).returns(0, Stock::available);
        assertThat(decision.movements()).hasSize(2);
    }

    @Test
    void a_payment_known_after_expiry_is_refused_when_the_unit_is_gone() {
        var expired = held(oneUnit()).expire(NOON);
        var decision = decide(aSaleOf(1), List.of(expired), placed(oneUnit()), paid(expired.purchase()));

        assertThat(decision.decisions().getLast())
                .isEqualTo(new Decision.ConfirmationRefused(expired.purchase(), expired.id()));
    }

    @Test
    void a_late_payment_does_not_lift_the_customer_over_the_limit() {
        var expired = held(units(2, ALICE)).expire(NOON);
        var decision = decide(aSaleOf(10), List.of(expired), placed(units(1, ALICE)), paid(expired.purchase()));

        assertThat(decision.decisions().getLast()).isInstanceOf(Decision.ConfirmationRefused.class);
    }

    @Test
    void a_payment_for_a_cancelled_or_unknown_order_is_refused() {
        var released = held(oneUnit()).release(NOON);
        var unknown = oneUnit();
        var decision = decide(aSaleOf(5), List.of(released), paid(released.purchase()), paid(unknown));

        assertThat(decision.decisions())
                .containsExactly(
                        new Decision.ConfirmationRefused(released.purchase(), released.id()),
                        new Decision.ConfirmationRefused(unknown, null));
        assertThat(decision.stock()).returns(5, Stock::available);
    }

    @Test
    void settled_reservations_stay_as_they_are() {
        var confirmed = held(oneUnit()).confirm(NOON);
        var expired = held(oneUnit()).expire(NOON);
        var sale = new LockedSale(new Stock(Buyers.SALE, 5, 0, 1, 3), limitOf(2), NOON);
        var decision = decide(
                sale,
                List.of(confirmed, expired),
                cancelled(confirmed.purchase()),
                paid(confirmed.purchase()),
                cancelled(expired.purchase()),
                cancelled(oneUnit()));

        assertThat(decision.decisions()).isEmpty();
        assertThat(decision.stock()).isEqualTo(sale.stock());
    }

    @Test
    void a_sale_sells_from_opening_until_closing_by_the_orders_own_time() {
        var closesAt = NOON;
        var open = new SaleTerms(1, 2, Duration.ofMinutes(2), NOON.minusSeconds(9), closesAt, null);
        var notYetOpen = new SaleTerms(1, 2, Duration.ofMinutes(2), NOON.plusMillis(1), NOON.plusSeconds(9), null);
        var ended = new SaleTerms(
                1, 2, Duration.ofMinutes(2), NOON.minusSeconds(9), NOON.plusSeconds(9), NOON.minusSeconds(5));

        assertThat(decisionOn(open, closesAt.minusMillis(1))).isInstanceOf(Decision.Held.class);
        assertThat(decisionOn(open, closesAt)).isInstanceOf(Decision.Refused.class);
        assertThat(decisionOn(notYetOpen, NOON.plusSeconds(1)))
                .as("our clock is behind the one that let the order in")
                .isInstanceOf(Decision.Held.class);
        assertThat(decisionOn(notYetOpen, NOON)).isInstanceOf(Decision.Refused.class);
        var nextWeek =
                new SaleTerms(1, 2, Duration.ofMinutes(2), NOON.plusSeconds(604_800), NOON.plusSeconds(700_000), null);
        assertThat(decisionOn(nextWeek, NOON.plusSeconds(604_800)))
                .as("no clock is wrong by that much")
                .isInstanceOf(Decision.Refused.class);
        assertThat(decisionOn(ended, NOON.minusSeconds(6))).isInstanceOf(Decision.Held.class);
        assertThat(decisionOn(ended, NOON.minusSeconds(5))).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void an_expired_reservation_frees_its_units() {
        var overdue = held(units(2, BOB));
        var decision = new StockDecision(saleHolding(overdue), List.of(overdue), Buyers::anId);
        decision.expire(overdue);

        assertThat(decision.stock()).returns(0, Stock::reserved).returns(2L, Stock::version);
        assertThat(decision.settled())
                .extracting(ReservationBook.Change::to)
                .singleElement()
                .isInstanceOf(Reservation.Expired.class);
    }

    @Test
    void refusals_alone_make_no_new_version() {
        var decision = decide(aSaleOf(1), List.of(), placed(units(2, ALICE)), placed(units(2, BOB)));

        assertThat(decision.decisions()).hasSize(2);
        assertThat(decision.stock()).returns(1L, Stock::version);
    }

    @Test
    void a_refused_order_stays_refused_when_its_facts_come_under_another_message_id() {
        var order = oneUnit();
        var late = held(units(1, BOB)).expire(NOON);
        var refused = Set.of(order.order(), late.purchase().order());
        var decision = new StockDecision(aSaleOf(5), List.of(late), refused, Buyers::anId);
        decision.decide(placed(order));
        decision.decide(new OrderFact.Paid(late.purchase()));

        assertThat(decision.decisions()).containsExactly(new Decision.ConfirmationRefused(late.purchase(), late.id()));
        assertThat(decision.movements()).isEmpty();
    }

    private static LockedSale saleHolding(Reservation.Held held) {
        return new LockedSale(new Stock(Buyers.SALE, 5, held.purchase().units(), 0, 1), limitOf(2), NOON);
    }

    private static Decision decisionOn(SaleTerms terms, Instant placedAt) {
        var fact = new OrderFact.Placed(oneUnit(), placedAt);
        return decide(aSaleOf(1, terms), List.of(), fact).decisions().getFirst();
    }

    private static StockDecision decide(LockedSale sale, List<Reservation> known, OrderFact... facts) {
        var decision = new StockDecision(sale, known, Buyers::anId);
        for (var fact : facts) decision.decide(fact);
        return decision;
    }
}
