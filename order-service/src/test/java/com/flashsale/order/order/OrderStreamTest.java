package com.flashsale.order.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.order.sale.Money;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** The bounds of the streams; OrderStreamIT shows their contents. */
class OrderStreamTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OrderStream stream = new OrderStream(
            new Orders(JdbcClient.create(new SimpleDriverDataSource())),
            new OrderStreamSettings(2, 1, Duration.ofMinutes(1)),
            JsonMapper.builder().build(),
            meters);

    private static OrderSnapshot anOrder() {
        var purchase = new Purchase(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                1,
                new Money(100, "EUR"),
                Instant.EPOCH);
        return new OrderSnapshot(new Order.Placed(purchase), null, 1);
    }

    private void subscribe(OrderSnapshot order) throws IOException, ServletException {
        var request = new MockHttpServletRequest("GET", "/api/v1/orders/1/events") {
            @Override
            public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) {
                return BeanUtils.instantiateClass(type);
            }
        };
        stream.subscribe(order, 0, request, new MockHttpServletResponse());
    }

    private void assertRefused(OrderSnapshot order, Object type) {
        assertThatThrownBy(() -> subscribe(order))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }

    @Test
    void the_next_reader_is_sent_away_when_all_streams_are_taken() throws Exception {
        stream.start();
        subscribe(anOrder());
        subscribe(anOrder());

        assertRefused(anOrder(), ProblemTypes.OVERLOADED);
        assertThat(meters.get("orders.streams").gauge().value()).isEqualTo(2);
    }

    @Test
    void one_customer_has_a_share() throws Exception {
        stream.start();
        var order = anOrder();
        subscribe(order);

        assertRefused(order, ProblemTypes.TOO_MANY_REQUESTS);
    }

    @Test
    void a_replica_that_stops_takes_no_more_readers() {
        stream.start();
        stream.stop();

        assertRefused(anOrder(), ProblemTypes.OVERLOADED);
    }

    @Test
    void the_database_is_not_asked_without_a_reader() {
        stream.start();

        stream.look();
    }
}
