package com.flashsale.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class ClientsTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.1.128/25, 192.168.1.200, true",
        "192.168.1.128/25, 192.168.1.100, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false",
        "0.0.0.0/0, ::1, false"
    })
    void a_block_contains_its_addresses(String block, String address, boolean contained) {
        assertThat(Cidr.of(block).contains(InetAddress.ofLiteral(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "example.com/8", "", "ten"})
    void a_block_that_is_none_stops_the_start(String block) {
        assertThatThrownBy(() -> Cidr.of(block)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_proxy_is_believed_by_default() {
        assertThat(clientOf(List.of(), "203.0.113.9", "1.2.3.4")).isEqualTo("203.0.113.9");
    }

    @Test
    void a_trusted_proxy_is_believed_up_to_the_first_untrusted_hop() {
        var proxies = List.of("10.0.0.0/8", "127.0.0.1");

        assertThat(clientOf(proxies, "127.0.0.1", "1.2.3.4")).isEqualTo("1.2.3.4");
        assertThat(clientOf(proxies, "127.0.0.1", "9.9.9.9, 1.2.3.4, 10.1.1.1")).isEqualTo("1.2.3.4");
        assertThat(clientOf(proxies, "127.0.0.1", "10.1.1.1")).isEqualTo("10.1.1.1");
        assertThat(clientOf(proxies, "127.0.0.1", "nonsense, 10.1.1.1")).isEqualTo("10.1.1.1");
        assertThat(clientOf(proxies, "127.0.0.1", "example.com")).isEqualTo("127.0.0.1");
        assertThat(clientOf(proxies, "203.0.113.9", "1.2.3.4")).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.7:40000|198.51.100.7",
                "[2001:db8::1]:443|2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]|2001:db8:0:0:0:0:0:1",
                "2001:db8::1|2001:db8:0:0:0:0:0:1",
                "\"[2001:db8::1]:443\"|2001:db8:0:0:0:0:0:1",
                "\"198.51.100.7:40000\"|198.51.100.7",
                "::ffff:198.51.100.7|198.51.100.7",
                "198.51.100.7:40000, 10.1.1.1:8080|198.51.100.7",
                "9.9.9.9, [2001:db8::1]:443,10.1.1.1|2001:db8:0:0:0:0:0:1",
                "198.51.100.7:port|127.0.0.1",
                "[2001:db8::1|127.0.0.1",
                "unknown|127.0.0.1",
                "_hidden, 10.1.1.1|10.1.1.1"
            })
    void an_address_is_understood_however_a_balancer_writes_it(String forwardedFor, String client) {
        assertThat(clientOf(List.of("10.0.0.0/8", "127.0.0.1"), "127.0.0.1", forwardedFor))
                .isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=198.51.100.7|198.51.100.7",
                "For=\"198.51.100.7:40000\";proto=https;host=shop|198.51.100.7",
                "for=\"[2001:db8::1]:443\", for=10.1.1.1;by=10.2.2.2|2001:db8:0:0:0:0:0:1",
                "for=1.1.1.1, for=\"198.51.100.7\" ;proto=http|198.51.100.7",
                "for=unknown|127.0.0.1",
                "for=_x,for=10.1.1.1|10.1.1.1",
                "for=\"[|127.0.0.1",
                ";;,,=|127.0.0.1"
            })
    void the_standard_header_is_understood_where_a_balancer_sends_that_one_alone(String forwarded, String client) {
        var trusted = new Clients(new EdgeSettings(List.of("10.0.0.0/8", "127.0.0.1")));
        var untrusting = new Clients(new EdgeSettings(List.of()));
        var peer = InetAddress.ofLiteral("127.0.0.1");

        assertThat(trusted.of(peer, "http", only("Forwarded", forwarded))
                        .address()
                        .getHostAddress())
                .isEqualTo(client);
        assertThat(untrusting.of(peer, "http", only("Forwarded", forwarded)).address())
                .isEqualTo(peer);
    }

    @Test
    void scheme_and_host_of_a_trusted_proxy_are_believed_only_where_they_make_sense() {
        var clients = new Clients(new EdgeSettings(List.of("127.0.0.1")));
        var peer = InetAddress.ofLiteral("127.0.0.1");

        assertThat(clients.of(peer, "http", only("Forwarded", "for=1.2.3.4;proto=https;host=\"shop:8443\"")))
                .returns("https", Client::scheme)
                .returns("shop:8443", Client::host);
        assertThat(clients.of(peer, "http", only("X-Forwarded-Proto", "https,http"))
                        .scheme())
                .isEqualTo("https");
        assertThat(clients.of(peer, "http", only("X-Forwarded-Proto", "gopher")).scheme())
                .isEqualTo("http");
        assertThat(clients.of(peer, "http", only("X-Forwarded-Host", "a b/\u00ff"))
                        .host())
                .isEmpty();
    }

    private static Function<String, List<String>> only(String header, String value) {
        return name -> name.equals(header) ? List.of(value) : List.of();
    }

    @ParameterizedTest
    @CsvSource({
        "http, shop:8080, 8080",
        "http, shop, 80",
        "https, shop, 443",
        "https, [::1]:8443, 8443",
        "https, [::1], 443",
        "http, shop:rubbish, 80"
    })
    void the_port_is_the_one_that_the_client_asked_for(String scheme, String host, int port) {
        assertThat(new Client(InetAddress.getLoopbackAddress(), scheme, host).port())
                .isEqualTo(port);
    }

    @Test
    void one_network_of_ipv6_is_one_client() {
        var one = new Client(InetAddress.ofLiteral("2001:db8:1:2:3:4:5:6"), "http", "");
        var other = new Client(InetAddress.ofLiteral("2001:db8:1:2:ffff::1"), "http", "");
        var elsewhere = new Client(InetAddress.ofLiteral("2001:db8:1:3::1"), "http", "");

        assertThat(one.network()).isEqualTo(other.network()).isNotEqualTo(elsewhere.network());
    }

    private static String clientOf(List<String> proxies, String peer, String forwardedFor) {
        var request = MockServerHttpRequest.get("http://shop/")
                .remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(peer), 1234))
                .header("X-Forwarded-For", forwardedFor);
        var exchange = MockServerWebExchange.from(request);
        new Clients(new EdgeSettings(proxies)).identify(exchange);
        return Client.of(exchange).address().getHostAddress();
    }
}
