package com.flashsale.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.client.api.Api;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.PlatformState.Engine;
import com.flashsale.load.http.Request.Visitor;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that makes shoppers as auth-service does, each with a token of its own. */
class ShopperPoolIT {

    @TempDir
    private Path directory;

    private HttpServer server;
    private Api api;
    private ShopperPool pool;
    private final List<Integer> batches = new ArrayList<>();
    private int made;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/oauth2/token", exchange -> answer(exchange, 200, Map.of("access_token", "machine")));
        server.createContext("/api/v1/synthetic-shoppers", this::create);
        server.start();
        var url = "http://localhost:" + server.getAddress().getPort();
        var engines = List.of(engine("postgresql"), engine("kafka"));
        var state = new PlatformState("EXTERNAL", url, null, null, null, null, 0, List.of(), engines);
        var target = new Target(Context.of(new Home(directory), state), state);
        api = target.api();
        pool = new ShopperPool(api, new MachineToken(target, api, "load-test"), "load-1");
    }

    private static Engine engine(String name) {
        return new Engine(name, "READY", "localhost:1", null, null, 0, 0, null, "");
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop(0);
    }

    private void create(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int count = Json.tree(body).path("count").asInt();
        batches.add(count);
        var items = new ArrayList<Map<String, String>>();
        for (int i = 0; i < count; i++) items.add(Map.of("customerId", "c" + made, "accessToken", "t" + made++));
        answer(exchange, 201, Map.of("items", items));
    }

    private static void answer(HttpExchange exchange, int status, Object value) throws IOException {
        var bytes = Json.line(value).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void a_shopper_comes_again_but_an_unseen_one_never_does() {
        var first = pool.of(3);
        var unseen = pool.unseen(3);
        var others = pool.unseen(3);
        var again = pool.of(5);

        assertThat(again).startsWith(first.toArray(Visitor[]::new));
        assertThat(unseen).extracting(Visitor::token).doesNotHaveDuplicates();
        assertThat(others).doesNotContainAnyElementsOf(unseen);
        assertThat(again).doesNotContainAnyElementsOf(unseen).doesNotContainAnyElementsOf(others);
    }

    @Test
    void the_unseen_share_no_address_with_each_other_or_with_the_pool() {
        var visitors = new ArrayList<>(pool.of(300));
        visitors.addAll(pool.unseen(300));
        visitors.addAll(pool.unseen(300));

        assertThat(visitors).extracting(Visitor::address).doesNotHaveDuplicates();
    }

    @Test
    void many_are_made_in_batches_and_more_than_fit_into_memory_are_refused() {
        assertThat(pool.unseen(4_500)).hasSize(4_500);
        assertThat(batches).containsExactly(2_000, 2_000, 500);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.unseen(ShopperPool.MOST_UNSEEN + 1))
                .withMessageContaining("--rate");
        assertThat(batches).hasSize(3);
    }
}
