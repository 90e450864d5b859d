package com.flashsale.order.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustBeEqual;
import static com.flashsale.platform.test.simulation.SimulationRun.mustHold;

import com.flashsale.order.checkout.CheckoutTestAccess;
import com.flashsale.order.payment.Answer;
import com.flashsale.order.payment.Payment;
import com.flashsale.order.payment.SimulatedProvider;
import com.flashsale.platform.test.simulation.Recording.Mark;
import com.flashsale.platform.test.simulation.SeededRandom;
import com.flashsale.platform.test.simulation.SimulatedService;
import com.flashsale.platform.test.simulation.SimulationRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.BeanFactory;

/**
 * Some orders and their money: customers pay, processes die before or after they asked for the money, answers are heard
 * late, the provider loses and delays charges, holds end, and the clock of the database steps both ways. At the end
 * each paid order has one capture, and no other order has any.
 */
final class PaymentRun {

    private static final int ROUNDS_AT_THE_END = 60;

    private record Order(String name, UUID id, UUID customer) {}

    private record Late(Payment payment, Answer answer) {}

    private static final String CHECKOUT = "order-service checkout";
    private static final String RECONCILER = "order-service reconciler";
    private static final String PROVIDER = "payment provider";
    private static final String INVENTORY = "inventory-service";
    private static final String CLOCKS = "clocks";

    private final SimulatedService service;
    private final BeanFactory beans;
    private final SimulatedProvider provider;
    private final SimulationRun play;
    private final SeededRandom chance;
    private final List<Order> orders = new ArrayList<>();
    private final List<Late> answers = new ArrayList<>();

    PaymentRun(SimulatedService service, SimulationRun play) {
        this.service = service;
        this.provider = service.bean(SimulatedProvider.class);
        this.beans = provider.beans();
        this.play = play;
        this.chance = play.chance();
    }

    void play() {
        service.reset();
        play.onlooker().lanes(List.of(CHECKOUT, RECONCILER, PROVIDER, INVENTORY, CLOCKS));
        provider.begin(chance.below(Integer.MAX_VALUE));
        for (int i = chance.from(1, 3); i > 0; i--) reserve();
        for (int step = chance.from(8, 20); step > 0; step--) {
            act();
            play.holds("I10", this::look);
        }
        end();
        play.holds("I10", this::lookAtTheEnd);
    }

    private void act() {
        switch (chance.weighted(5, 6, 4, 3, 2, 2, 2)) {
            case 0 -> pay(chance.oneOf(orders));
            case 1 -> reconcile();
            case 2 -> passes(Duration.ofSeconds(chance.from(1, 70)));
            case 3 -> hear();
            case 4 -> {
                play.onlooker().by(CLOCKS);
                play.step(service.databaseClock().step(chance));
                play.onlooker().mark(Mark.CLOCK);
            }
            case 5 -> {
                play.onlooker().by(PROVIDER);
                play.step("the provider empties its queue");
                play.onlooker().mark(Mark.LOST);
                provider.emptyQueue();
            }
            default -> expire(chance.oneOf(orders));
        }
    }

    private void reserve() {
        var order = new Order("o" + orders.size(), chance.uuid(), chance.uuid());
        orders.add(order);
        service.jdbc().sql("""
                insert into orders (id, sale_id, customer_id, admission_id, quantity, total_minor, currency, state,
                                    reserved_until, placed_at)
                values (?, gen_random_uuid(), ?, gen_random_uuid(), 1, 8990, 'EUR', 'RESERVED',
                        clock_timestamp() + interval '2 min', clock_timestamp())
                """).params(order.id(), order.customer()).update();
    }

    private void pay(Order order) {
        var payment = CheckoutTestAccess.requested(beans, order.id(), order.customer());
        play.onlooker().by(CHECKOUT);
        play.step(order.name() + (payment.isPresent() ? " pays" : " wants to pay and is refused"));
        payment.ifPresent(wish -> {
            provider.knows(wish);
            if (chance.oneIn(4)) {
                play.step("  and its process is gone");
                play.onlooker().mark(Mark.DIED);
                return;
            }
            answers.add(new Late(wish, provider.charge(wish)));
            if (chance.oneIn(2)) hear();
        });
    }

    private void hear() {
        if (answers.isEmpty()) return;
        var late = answers.remove(chance.below(answers.size()));
        play.onlooker().by(CHECKOUT);
        play.step("an answer is heard: " + late.answer().getClass().getSimpleName());
        CheckoutTestAccess.heard(beans, late.payment(), late.answer());
    }

    private void reconcile() {
        play.onlooker().by(RECONCILER);
        play.step("the reconciler runs");
        CheckoutTestAccess.reconcile(beans);
    }

    private void passes(Duration time) {
        play.onlooker().by(CLOCKS);
        play.step(time + " pass");
        service.time().move(time);
    }

    private void expire(Order order) {
        play.onlooker().by(INVENTORY);
        play.step("inventory ends the hold of " + order.name());
        CheckoutTestAccess.expired(beans, order.id());
    }

    /**
     * Nothing is given up while the order can be paid, or soon after it was sent; and no order is charged twice
     * knowingly.
     */
    private void look() {
        service.jdbc().sql("""
                select 'given up too early' as what
                  from payment p
                  join orders o on o.id = p.order_id
                 where p.state = 'ABANDONED'
                   and p.look_again_at is not null
                   and p.look_again_at < p.charged_at + interval '1 min'
                """).query(String.class).list().forEach(what -> mustHold(false, what));
        orders.forEach(order -> mustHold(
                state(order).equals("PAID") || capturedHere(order) == 0, "%s has money and is not paid", order.name()));
    }

    private long capturedHere(Order order) {
        return service.jdbc()
                .sql("select count(*) from payment where order_id = ? and state = 'CAPTURED'")
                .param(order.id())
                .query(Long.class)
                .single();
    }

    private String state(Order order) {
        return service.jdbc()
                .sql("select state from orders where id = ?")
                .param(order.id())
                .query(String.class)
                .single();
    }

    private void end() {
        play.onlooker().by(CLOCKS);
        play.step("everything arrives, and two days pass");
        while (!answers.isEmpty()) hear();
        orders.forEach(this::expire);
        service.time().agree();
        for (int round = 0; round < ROUNDS_AT_THE_END; round++) {
            if (round == ROUNDS_AT_THE_END / 3) provider.emptyQueue();
            service.time().move(round < ROUNDS_AT_THE_END / 2 ? Duration.ofMinutes(2) : Duration.ofHours(2));
            CheckoutTestAccess.reconcile(beans);
        }
    }

    private void lookAtTheEnd() {
        for (var order : orders) {
            mustBeEqual(
                    provider.captured(order.id()),
                    state(order).equals("PAID") ? 1L : 0L,
                    "captures that stand of " + order.name() + ", which is " + state(order));
        }
        var open = service.jdbc()
                .sql("select count(*) from payment where next_attempt_at is not null or look_again_at is not null")
                .query(Long.class)
                .single();
        mustBeEqual(open, 0L, "payments that stay unsettled");
    }
}
