package com.flashsale.local.preflight;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.Memory;
import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks whether this machine can run these instances on these ports. Starts nothing, changes nothing. */
public final class Preflight {

    private static final int JAVA = 25;
    private static final long MIB = 1L << 20;

    /** The memory of a JVM beside its heap: code, metaspace, stacks, buffers; measured 100 to 150 MiB. */
    private static final long BESIDE_HEAP_MIB = 140;

    private static final long ENGINES_MIB = 600;
    private static final long DISK_MIB = 1_200;

    private final Home home;

    public Preflight(Home home) {
        this.home = home;
    }

    public List<Finding> look(Ports ports, List<Instance> instances) {
        var findings = new ArrayList<Finding>();
        findings.add(java());
        findings.add(memory(instances));
        findings.add(disk());
        findings.addAll(ports(ports, instances));
        return List.copyOf(findings);
    }

    /** Throws with every missing thing and how to mend it. */
    public void require(Ports ports, List<Instance> instances) {
        var missing = look(ports, instances).stream()
                .filter(Finding.Missing.class::isInstance)
                .map(Finding::line)
                .toList();
        if (!missing.isEmpty()) {
            throw ToolException.prerequisite(missing);
        }
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        boolean hasCompiler = Files.isExecutable(Path.of(System.getProperty("java.home"), "bin", "javac"));
        return feature >= JAVA && hasCompiler
                ? new Finding.Fine("Java", Runtime.version().toString())
                : new Finding.Missing("Java", "this is Java " + feature, "a JDK " + JAVA + " is needed: set JAVA_HOME");
    }

    private static Finding memory(List<Instance> instances) {
        var available = Memory.availableBytes();
        long need = instances.stream()
                        .mapToLong(instance -> instance.service().heapMb() + BESIDE_HEAP_MIB)
                        .sum()
                + ENGINES_MIB;
        if (available.isEmpty()) {
            return new Finding.Note("memory", need + " MiB are needed; this system does not say what is free");
        }
        var fact = "%d MiB needed, %d MiB free".formatted(need, available.getAsLong() / MIB);
        return available.getAsLong() >= need * MIB
                ? new Finding.Fine("memory", fact)
                : new Finding.Missing("memory", fact, "end something, or give the machine more");
    }

    private Finding disk() {
        try {
            long free = Files.getFileStore(home.root()).getUsableSpace() / MIB;
            var fact = "%d MiB needed, %d MiB free".formatted(DISK_MIB, free);
            return free >= DISK_MIB
                    ? new Finding.Fine("disk", fact)
                    : new Finding.Missing("disk", fact, "make room below " + home.root());
        } catch (IOException e) {
            return new Finding.Note("disk", "free space is unknown: " + e.getMessage());
        }
    }

    private static List<Finding> ports(Ports ports, List<Instance> instances) {
        var needed = ports.needed(instances).stream().sorted().toList();
        var taken = needed.stream().filter(port -> !isFree(port)).toList();
        if (taken.isEmpty()) {
            return List.of(new Finding.Fine(
                    "ports",
                    "%d free between %d and %d".formatted(needed.size(), needed.getFirst(), needed.getLast())));
        }
        return taken.stream()
                .<Finding>map(port -> new Finding.Missing(
                        "port " + port,
                        "taken by " + PortOwner.describe(port),
                        "end it, or choose another block: --port-base " + (ports.base() + 1_000)))
                .toList();
    }

    /** Binds the port as servers do, so that a connection that only lingers does not count. */
    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
