package com.flashsale.waitlist.ticket;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** "It is over" is said to any number of people without one statement. */
@ServiceTest
@Import(TerminalAnswersIT.Counting.class)
class TerminalAnswersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    private final int port;

    TerminalAnswersIT(@LocalServerPort int port, @Autowired DataSource counted) {
        this.port = port;
        assertThat(counted).isInstanceOf(CountedDataSource.class);
    }

    /** Counts the connections that requests take; tasks and listeners have threads of other names. */
    static final class CountedDataSource extends DelegatingDataSource {

        CountedDataSource(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (Thread.currentThread().getName().startsWith("tomcat")) CONNECTIONS.incrementAndGet();
            return super.getConnection();
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Counting {
        @Bean
        static BeanPostProcessor countedDataSource() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource target ? new CountedDataSource(target) : bean;
                }
            };
        }
    }

    @Test
    void requests_that_need_the_database_are_counted() {
        CONNECTIONS.set(0);

        new AShopper(port).call(org.springframework.http.HttpMethod.GET, "/waitlist-entries", null);

        assertThat(CONNECTIONS.get()).isPositive();
    }

    @Test
    void sold_out_reaches_no_database() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        AnInventory.of(sale).taken(1);
        var watcher = new AShopper(port);
        await().atMost(PATIENCE).until(() -> watcher.queue(sale.id()).state().equals("SOLD_OUT"));
        CONNECTIONS.set(0);

        var answers = allAtOnce(300, () -> new AShopper(port).join(sale.id()));

        assertThat(answers).extracting(AShopper.Answer::code).containsOnly("SOLD_OUT");
        assertThat(watcher.queue(sale.id()).text("stock")).isEqualTo("SOLD_OUT");
        assertThat(CONNECTIONS.get()).isZero();
    }

    @Test
    void a_sale_that_ended_long_ago_is_answered_without_a_room() {
        var now = Instant.now();
        var sale = ASale.of(1)
                .with("opensAt", now.minus(Duration.ofHours(5)).toString())
                .with("closesAt", now.minus(Duration.ofHours(2)).toString())
                .scheduled()
                .knownTo(port);
        var ada = new AShopper(port);

        assertThat(ada.queue(sale.id()).state()).isEqualTo("ENDED");
        assertThat(ada.join(sale.id()).code()).isEqualTo("SALE_ENDED");
        assertThat(ada.mine(sale.id()).code()).isEqualTo("SALE_ENDED");
    }

    @Test
    void ended_reaches_no_database() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var ada = new AShopper(port);
        var ticket = ada.join(sale.id()).text("ticket");
        sale.ended();
        await().atMost(PATIENCE).until(() -> ada.queue(sale.id()).state().equals("ENDED"));
        CONNECTIONS.set(0);

        var joins = allAtOnce(100, () -> new AShopper(port).join(sale.id()));
        var claims = allAtOnce(100, () -> ada.claim(sale.id(), ticket));
        var entries = allAtOnce(100, () -> new AShopper(port).joinWaitlist(sale.id()));

        assertThat(joins).extracting(AShopper.Answer::code).containsOnly("SALE_ENDED");
        assertThat(claims).extracting(AShopper.Answer::code).containsOnly("SALE_ENDED");
        assertThat(entries).extracting(AShopper.Answer::code).containsOnly("SALE_ENDED");
        assertThat(CONNECTIONS.get()).isZero();
    }

    @Test
    void a_full_crowd_and_a_place_that_is_looked_up_reach_no_database() {
        var sale = ASale.of(1).with("crowdFactor", 2.0).scheduled().knownTo(port);
        AnInventory.of(sale).told();
        var ada = new AShopper(port);
        ada.join(sale.id());
        var bob = new AShopper(port);
        bob.join(sale.id());
        CONNECTIONS.set(0);

        var answers = allAtOnce(200, () -> new AShopper(port).join(sale.id()));

        assertThat(answers).extracting(AShopper.Answer::code).containsOnly("CROWD_FULL");
        assertThat(bob.mine(sale.id()).state()).isEqualTo("WAITING");
        assertThat(CONNECTIONS.get()).isZero();
    }
}
