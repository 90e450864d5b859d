package com.flashsale.control;

import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.control.fault.Fault;
import com.flashsale.control.load.LoadStory;
import java.net.InetAddress;
import java.util.List;

/**
 * Where a control room listens, and what it can do to its platform.
 *
 * @param port 0 for any free one
 * @param elsewhere others run the platform, so no signal reaches its processes
 */
record Place(InetAddress listens, int port, boolean elsewhere, List<Fault> faults, List<LoadStory> loadTests) {

    private static final String SIMULATOR = "payment-simulator";

    static Place besideSupervisor(Context context) {
        return besideSupervisor(context.ports().controlRoom());
    }

    static Place besideSupervisor(int port) {
        return new Place(InetAddress.ofLiteral("127.0.0.1"), port, false, Fault.all(), LoadStory.all());
    }

    /** A platform whose payments are simulated is no shop with real customers, so it may have faults. */
    static Place of(PlatformState described, InetAddress listens, int port) {
        boolean simulated =
                described.services().stream().anyMatch(one -> one.name().equals(SIMULATOR));
        return new Place(listens, port, true, simulated ? Fault.withoutSignals() : List.of(), List.of());
    }
}
