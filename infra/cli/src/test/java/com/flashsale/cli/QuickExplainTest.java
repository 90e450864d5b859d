package com.flashsale.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.control.http.Routes;
import com.flashsale.engines.ProcessIdentity;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the control room explains, and when the command itself must look. */
class QuickExplainTest {

    private static final ProcessIdentity SELF =
            ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    private static final String ID = "sale 1/7 & more";

    @TempDir
    Path root;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private HttpServer room;
    private int status = 200;
    private String complete = "true";

    @BeforeEach
    void open() throws IOException {
        room = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1);
        room.createContext("/control/explain", this::answer);
        room.start();
        Files.createDirectories(home().run());
    }

    @AfterEach
    void close() {
        room.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var text = headers.getFirst("Accept") + " "
                    + URLDecoder.decode(exchange.getRequestURI().getRawQuery(), UTF_8) + "\n";
            if (!complete.isEmpty()) exchange.getResponseHeaders().set(Routes.COMPLETE, complete);
            exchange.sendResponseHeaders(status, text.length());
            exchange.getResponseBody().write(text.getBytes(UTF_8));
        }
    }

    private Home home() {
        return new Home(root, root.resolve("run"));
    }

    private Integer explain() {
        return new QuickExplain(home()).print(ID, new PrintStream(printed, true, UTF_8));
    }

    private int port() {
        return room.getAddress().getPort();
    }

    @Test
    void the_control_room_of_this_clone_explains_in_plain_text() throws IOException {
        RoomAddress.write(home(), port(), SELF);

        assertThat(explain()).isEqualTo(ExitCode.OK);
        assertThat(printed.toString(UTF_8)).isEqualTo("text/plain id=" + ID + "\n");
    }

    @Test
    void a_part_that_could_not_be_read_is_an_exit_code_of_its_own() throws IOException {
        RoomAddress.write(home(), port(), SELF);
        complete = "false";

        assertThat(explain()).isEqualTo(ExitCode.UNFINISHED);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 421, 503})
    void a_refusal_is_left_to_the_command(int refusal) throws IOException {
        RoomAddress.write(home(), port(), SELF);
        status = refusal;

        assertThat(explain()).isNull();
        assertThat(printed.size()).isZero();
    }

    /** Another program, or an older control room, which knows pages only. */
    @Test
    void an_answer_of_another_server_is_not_printed() throws IOException {
        RoomAddress.write(home(), port(), SELF);
        complete = "";

        assertThat(explain()).isNull();
        assertThat(printed.size()).isZero();
    }

    @Test
    void a_control_room_that_is_gone_is_not_asked() throws IOException {
        assertThat(explain()).as("never opened").isNull();

        RoomAddress.write(home(), port(), new ProcessIdentity(SELF.pid(), "another start"));
        assertThat(explain()).as("its pid belongs to another process").isNull();

        RoomAddress.write(home(), port(), SELF);
        RoomAddress.remove(home());
        assertThat(explain()).as("closed").isNull();

        RoomAddress.write(home(), port(), SELF);
        room.stop(0);
        assertThat(explain()).as("does not listen").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "24054", "24054 1", "port 1 2", "24054 pid 2"})
    void a_damaged_address_is_no_address(String line) throws IOException {
        Files.writeString(home().run().resolve("control-room"), line);

        assertThat(explain()).isNull();
    }

    @Test
    void only_the_plain_command_is_quick() {
        assertThat(QuickExplain.fits("explain", "1")).isTrue();
        assertThat(QuickExplain.fits("explain", "--help")).isFalse();
        assertThat(QuickExplain.fits("explain", "1", "--json")).isFalse();
        assertThat(QuickExplain.fits("explain")).isFalse();
        assertThat(QuickExplain.fits("audit", "1")).isFalse();
    }
}
