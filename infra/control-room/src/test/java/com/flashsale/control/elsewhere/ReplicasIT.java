package com.flashsale.control.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.client.platform.PlatformState.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicasIT {

    private static final String FIRST = "127.0.0.2";
    private static final String SECOND = "127.0.0.3";
    private static final String THIRD = "127.0.0.4";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Readiness readiness = new Readiness();
    private final List<FakeReplica> running = new ArrayList<>();
    private List<String> addresses = List.of();
    private FakeReplica first;
    private Replicas replicas;

    @BeforeEach
    void start() throws IOException {
        first = new FakeReplica(FIRST, 0);
        running.add(first);
        replicas = new Replicas(List.of(service("http://order-service:" + first.port())), this::resolve);
    }

    @AfterEach
    void stop() {
        running.forEach(FakeReplica::close);
        readiness.close();
        threads.close();
    }

    private static Service service(String managementUrl) {
        return new Service(
                "order-service",
                "order-service-1",
                "READY",
                "http://order-service",
                managementUrl,
                null,
                null,
                0,
                0,
                null,
                "",
                null);
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        assertThat(host).isEqualTo("order-service");
        if (addresses.isEmpty()) throw new UnknownHostException(host);
        return addresses.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private List<String> seen(String... known) throws InterruptedException {
        addresses = List.of(known);
        return replicas.look(readiness, threads).stream()
                .map(one -> one.id() + " " + one.state() + " " + one.restarts() + " " + one.note())
                .toList();
    }

    @Test
    void a_replica_keeps_its_number_and_a_new_one_takes_a_free_one() throws Exception {
        Stream.of(SECOND, THIRD).forEach(this::another);

        assertThat(seen(FIRST)).containsExactly("order-service-1 READY 0 127.0.0.2");
        assertThat(seen(SECOND, FIRST))
                .containsExactly("order-service-1 READY 0 127.0.0.2", "order-service-2 READY 0 127.0.0.3");
        assertThat(seen(SECOND)).containsExactly("order-service-2 READY 0 127.0.0.3");
        assertThat(seen(SECOND, THIRD))
                .containsExactly("order-service-2 READY 0 127.0.0.3", "order-service-1 READY 0 127.0.0.4");
    }

    private void another(String address) {
        try {
            running.add(new FakeReplica(address, first.port()));
        } catch (IOException taken) {
            throw new IllegalStateException(taken);
        }
    }

    @Test
    void each_replica_is_asked_at_its_own_address() throws Exception {
        another(SECOND);
        addresses = List.of(FIRST, SECOND);

        assertThat(replicas.look(readiness, threads))
                .extracting(Service::managementUrl)
                .containsExactly("http://127.0.0.2:" + first.port(), "http://127.0.0.3:" + first.port());
    }

    @Test
    void a_replica_that_is_not_ready_and_one_that_is_silent_are_told_apart() throws Exception {
        first.readiness(503);
        assertThat(seen(FIRST, SECOND))
                .containsExactly("order-service-1 STARTING 0 127.0.0.2", "order-service-2 SILENT 0 127.0.0.3");
    }

    @Test
    void an_answer_after_a_silence_is_a_restart() throws Exception {
        assertThat(seen(FIRST, SECOND)).contains("order-service-2 SILENT 0 127.0.0.3");
        another(SECOND);
        assertThat(seen(FIRST, SECOND)).contains("order-service-2 READY 1 127.0.0.3");
        assertThat(seen(FIRST, SECOND)).contains("order-service-2 READY 1 127.0.0.3");
    }

    @Test
    void a_replica_that_is_late_once_is_busy_and_one_that_is_late_again_and_again_is_silent() throws Exception {
        assertThat(seen(FIRST)).containsExactly("order-service-1 READY 0 127.0.0.2");
        first.freeze();
        assertThat(seen(FIRST)).containsExactly("order-service-1 READY 0 127.0.0.2");
        first.thaw();
        assertThat(seen(FIRST)).containsExactly("order-service-1 READY 0 127.0.0.2");

        first.freeze();
        assertThat(seen(FIRST)).containsExactly("order-service-1 READY 0 127.0.0.2");
        assertThat(seen(FIRST)).containsExactly("order-service-1 READY 0 127.0.0.2");
        assertThat(seen(FIRST)).containsExactly("order-service-1 SILENT 0 127.0.0.2");
        first.thaw();
        assertThat(seen(FIRST)).containsExactly("order-service-1 READY 0 127.0.0.2");
    }

    @Test
    void a_replica_that_dies_while_it_is_late_has_restarted() throws Exception {
        assertThat(seen(FIRST)).containsExactly("order-service-1 READY 0 127.0.0.2");
        first.freeze();
        assertThat(seen(FIRST)).containsExactly("order-service-1 READY 0 127.0.0.2");
        int port = first.port();
        first.close();
        assertThat(seen(FIRST)).containsExactly("order-service-1 SILENT 0 127.0.0.2");
        running.set(0, new FakeReplica(FIRST, port));
        assertThat(seen(FIRST)).containsExactly("order-service-1 READY 1 127.0.0.2");
    }

    @Test
    void a_name_without_an_address_is_one_silent_replica() throws Exception {
        assertThat(seen()).containsExactly("order-service-1 SILENT 0 its name has no address");
    }

    @Test
    void a_service_may_have_several_names() throws Exception {
        try (var other = new FakeReplica(FIRST, 0)) {
            var both = new Replicas(List.of(
                    service("http://127.0.0.2:" + first.port()),
                    service("http://127.0.0.2:" + other.port()),
                    service("http://no.such.name.invalid:1")));

            assertThat(both.look(readiness, threads))
                    .extracting(one -> one.id() + " " + one.state() + " " + one.managementUrl())
                    .containsExactly(
                            "order-service-1 READY http://127.0.0.2:" + first.port(),
                            "order-service-2 READY http://127.0.0.2:" + other.port(),
                            "order-service-3 SILENT http://no.such.name.invalid:1");
        }
    }

    @Test
    void both_versions_of_ip_are_one_replica() throws Exception {
        assertThat(seen("::1", FIRST)).containsExactly("order-service-1 READY 0 127.0.0.2");
    }

    @Test
    void of_very_many_addresses_sixteen_are_shown() throws Exception {
        var many = Stream.iterate(1, number -> number + 1)
                .limit(40)
                .map(number -> "127.0.1." + number)
                .toArray(String[]::new);
        assertThat(seen(many)).hasSize(16);
        assertThat(seen(FIRST)).containsExactly("order-service-1 READY 0 127.0.0.2");
    }

    @Test
    void an_address_without_a_host_is_refused() {
        assertThatThrownBy(() -> new Replicas(List.of(service("order-service:8185"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order-service needs a managementUrl");
    }
}
