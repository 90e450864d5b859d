package com.flashsale.waitlist.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.switches.Switches;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The whole service while operators have turned admission off, and after they have turned it on again. */
@ServiceTest
class AdmissionSwitchIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    private final int port;
    private final Switches switches;

    AdmissionSwitchIT(@LocalServerPort int port, @Autowired Switches switches) {
        this.port = port;
        this.switches = switches;
    }

    @AfterEach
    void turnOn() {
        turn(true);
    }

    @Test
    void customers_join_and_wait_while_it_is_off_and_get_their_turns_in_order_afterwards() {
        var sale = ASale.of(2).scheduled().knownTo(port);
        turn(false);

        var line = Stream.generate(() -> new AShopper(port)).limit(3).toList();
        var tickets = line.stream().map(one -> one.join(sale.id())).toList();

        assertThat(tickets).extracting(AShopper.Answer::state).containsOnly("WAITING");
        await().during(A_WHILE).atMost(SOON).until(() -> serving(sale) == 0);
        assertThat(line.getFirst()
                        .claim(sale.id(), tickets.getFirst().text("ticket"))
                        .code())
                .isEqualTo("NOT_YOUR_TURN");

        turn(true);

        await().atMost(SOON).until(() -> serving(sale) == 2);
        assertThat(states(sale, line)).containsExactly("ADMITTED", "ADMITTED", "WAITING");
    }

    @Test
    void an_admission_counts_on_and_its_customer_may_order() {
        var sale = ASale.of(2).scheduled().knownTo(port);
        var ada = new AShopper(port);
        var joined = ada.join(sale.id());
        turn(false);

        assertThat(ada.claim(sale.id(), joined.text("ticket")).text("admission"))
                .isEqualTo(joined.text("admission"));
        assertThat(ada.mine(sale.id()).state()).isEqualTo("ADMITTED");
    }

    @Test
    void units_that_come_back_to_a_sold_out_sale_are_offered_only_when_it_is_on() {
        var sale = ASale.of(2).scheduled().knownTo(port);
        var inventory = SoldOutSale.of(sale, port);
        var waiting = new AShopper(port);
        var entry = waiting.joinWaitlist(sale.id()).text("id");
        turn(false);

        inventory.freed(1);

        await().during(A_WHILE)
                .atMost(SOON)
                .until(() -> entryState(waiting, entry).equals("WAITING"));
        turn(true);
        await().atMost(SOON).until(() -> entryState(waiting, entry).equals("OFFERED"));
    }

    private void turn(boolean on) {
        switches.learn(Map.of("admission", on));
        await().atMost(SOON).until(() -> switches.named("admission").isOn() == on);
    }

    private long serving(ASale sale) {
        return new AShopper(port).queue(sale.id()).number("servingNumber");
    }

    private static List<String> states(ASale sale, List<AShopper> line) {
        return line.stream().map(one -> one.mine(sale.id()).state()).toList();
    }

    private static String entryState(AShopper shopper, String entry) {
        return shopper.entry(entry).state();
    }
}
