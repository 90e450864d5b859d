package com.flashsale.customers;

import static com.flashsale.customers.FakeShop.BELOW_SALE;
import static com.flashsale.customers.FakeShop.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.api.Ending.Paid;
import com.flashsale.client.api.Ending.Refused;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The decisions of a customer about the responses of a shop. */
class CustomerTest {

    private static final String JOIN = "POST " + BELOW_SALE + "/queue-tickets";
    private static final String MINE = "GET " + BELOW_SALE + "/queue-tickets/mine";
    private static final String CLAIM = "POST " + BELOW_SALE + "/admissions";
    private static final String WAITLIST = "POST " + BELOW_SALE + "/waitlist-entries";
    private static final String ENTRY = "GET /api/v1/waitlist-entries/entry-1";
    private static final String PAY = "POST " + ORDER + "/payments";
    private static final String READ = "GET " + ORDER;

    private FakeShop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new FakeShop();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void an_admitted_customer_orders_pays_and_owns() {
        admitted().reserved().on(READ, 200, "{'id':'order-1','state':'PAID'}");
        shop.on(PAY, 202, "{}");

        assertThat(shop.visitOf(CustomerProfile.BUYER)).isEqualTo(new Paid("order-1"));
        assertThat(shop.orders).singleElement().returns("order-1", OrderLog.Attempt::orderId);
    }

    @Test
    void a_number_is_claimed_when_the_board_shows_it() {
        shop.on(JOIN, 201, "{'number':3,'state':'WAITING','ticket':'t'}").on(CLAIM, 201, "{'admission':'a'}");
        placed().reserved().on(READ, 200, "{'id':'order-1','state':'PAID'}");
        shop.on(PAY, 202, "{}");

        assertThat(shop.visitOf(CustomerProfile.BUYER)).isInstanceOf(Paid.class);
        assertThat(shop.asked).contains("GET " + BELOW_SALE + "/queue");
    }

    @Test
    void a_customer_who_never_pays_is_told_that_the_time_is_over() {
        admitted().reserved().on(READ, 200, "{'id':'order-1','state':'CANCELLED','reason':'EXPIRED'}");

        assertThat(shop.visitOf(new CustomerProfile(Behaviour.NEVER_PAYS, 0, true)))
                .isEqualTo(new Refused("EXPIRED"));
        assertThat(shop.asked).doesNotContain(PAY);
    }

    @Test
    void another_card_is_tried_when_the_first_one_was_declined() {
        admitted()
                .reserved()
                .on(READ, 200, "{'id':'order-1','state':'RESERVED','payment':{'state':'DECLINED'}}")
                .on(READ, 200, "{'id':'order-1','state':'PAID'}");
        shop.on(PAY, 202, "{}");

        assertThat(shop.visitOf(new CustomerProfile(Behaviour.TRIES_ANOTHER_CARD, 0, true)))
                .isInstanceOf(Paid.class);
        assertThat(shop.asked).filteredOn(PAY::equals).hasSize(2);
    }

    @Test
    void sold_out_leads_to_the_waitlist_and_its_offer_to_an_order() {
        shop.problem(JOIN, 409, "sold-out").on(WAITLIST, 201, "{'id':'entry-1','position':1,'state':'WAITING'}");
        shop.on(ENTRY, 200, "{'id':'entry-1','position':0,'state':'OFFERED','admission':'a'}");
        placed().reserved().on(READ, 200, "{'id':'order-1','state':'PAID'}");
        shop.on(PAY, 202, "{}");

        assertThat(shop.visitOf(CustomerProfile.BUYER)).isInstanceOf(Paid.class);
    }

    @Test
    void a_customer_who_does_not_want_to_wait_takes_sold_out_for_an_answer() {
        shop.problem(JOIN, 409, "sold-out");

        assertThat(shop.visitOf(new CustomerProfile(Behaviour.PAYS, 0, false))).isEqualTo(new Refused("SOLD_OUT"));
        assertThat(shop.asked).doesNotContain(WAITLIST);
    }

    @Test
    void a_customer_on_the_waitlist_is_told_when_it_is_closed() {
        shop.problem(JOIN, 409, "sold-out").on(WAITLIST, 201, "{'id':'entry-1','position':1,'state':'WAITING'}");
        shop.on(ENTRY, 200, "{'id':'entry-1','position':0,'state':'CLOSED'}");

        assertThat(shop.visitOf(CustomerProfile.BUYER)).isEqualTo(new Refused("CLOSED"));
    }

    @Test
    void a_full_house_is_asked_again_as_often_as_the_role_says() {
        shop.problem(JOIN, 409, "crowd-full");

        assertThat(shop.visitOf(new CustomerProfile(Behaviour.PAYS, 2, true))).isEqualTo(new Refused("CROWD_FULL"));
        assertThat(shop.asked).filteredOn(JOIN::equals).hasSize(3);
    }

    @Test
    void a_customer_of_the_lobby_hears_after_the_draw_that_the_crowd_is_full() {
        shop.on(JOIN, 201, "{'number':null,'state':'LOBBY','ticket':'t'}").problem(MINE, 409, "crowd-full");

        assertThat(shop.visitOf(CustomerProfile.BUYER)).isEqualTo(new Refused("CROWD_FULL"));
    }

    @Test
    void a_customer_whom_the_draw_left_without_a_place_joins_again() {
        shop.on(JOIN, 201, "{'number':null,'state':'LOBBY','ticket':'t'}").problem(MINE, 404, "not-found");
        admitted().reserved().on(READ, 200, "{'id':'order-1','state':'PAID'}");
        shop.on(PAY, 202, "{}");

        assertThat(shop.visitOf(CustomerProfile.BUYER)).isInstanceOf(Paid.class);
    }

    @Test
    void a_customer_who_is_asked_to_wait_comes_again_with_the_same_order() {
        admitted().reserved().on(READ, 200, "{'id':'order-1','state':'PAID'}");
        shop.on(PAY, 503, "").on(PAY, 202, "{}");

        assertThat(shop.visitOf(CustomerProfile.BUYER)).isInstanceOf(Paid.class);
    }

    @Test
    void an_answer_that_the_contract_does_not_know_is_no_answer() {
        shop.on(JOIN, 418, "{}");

        assertThat(shop.visitOf(CustomerProfile.BUYER).word()).isEqualTo("UNANSWERED");
    }

    private CustomerTest admitted() {
        shop.on(JOIN, 201, "{'number':1,'state':'ADMITTED','ticket':'t','admission':'a'}");
        return placed();
    }

    private CustomerTest placed() {
        shop.on("POST /api/v1/orders", 202, "{'id':'order-1','state':'PLACED'}");
        return this;
    }

    private FakeShop reserved() {
        return shop.on(READ, 200, "{'id':'order-1','state':'RESERVED'}");
    }
}
