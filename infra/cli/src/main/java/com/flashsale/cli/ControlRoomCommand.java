package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.topology.Ports;
import com.flashsale.control.ControlRoom;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The control room of a platform in containers or on a cluster; {@code up} opens the one of this machine. */
@Command(
        name = "control-room",
        description = {
            "Open the control room of a platform that containers or a cluster run, until Ctrl+C.",
            "It asks for no password. Keep the port on loopback, as by kubectl port-forward."
        },
        mixinStandardHelpOptions = true)
final class ControlRoomCommand implements Callable<Integer> {

    private static final int PORT = new Ports(Ports.DEFAULT_BASE).controlRoom();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--listen",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description = "Where it listens. In a container, 0.0.0.0. Default: ${DEFAULT-VALUE}")
    private String listen = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Its port, in a container the same as on the host. Default: 8134")
    private int port = PORT;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var attached = Attached.require(Home.ofThisRun());
        if (!attached.state().isExternal()) {
            int open = attached.context().ports().controlRoom();
            out.println("control   http://localhost:" + open + "/control/ is open already, beside the platform");
            return ExitCode.OK;
        }
        var address = address();
        if (port < 1 || port > 65_535) throw ToolException.usage("--port is 1 to 65535, not " + port);
        try (var room = ControlRoom.startElsewhere(attached.context(), attached.state(), address, port)) {
            var ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(room::close, "close-control-room"));
            out.println("control   " + room.url());
            out.flush();
            ended.await();
            return ExitCode.OK;
        } catch (IOException taken) {
            throw ToolException.prerequisite(
                    "The control room cannot listen at " + listen + ", port " + port + ": " + taken.getMessage());
        }
    }

    /** Only addresses, since a name would be looked up. */
    private InetAddress address() {
        try {
            return InetAddress.ofLiteral(listen);
        } catch (IllegalArgumentException noAddress) {
            throw ToolException.usage("--listen is an IP address, not " + listen);
        }
    }
}
