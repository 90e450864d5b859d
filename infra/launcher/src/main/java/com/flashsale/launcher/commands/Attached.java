package com.flashsale.launcher.commands;

import com.flashsale.launcher.Home;
import com.flashsale.launcher.LauncherException;
import com.flashsale.launcher.secrets.Secrets;
import com.flashsale.launcher.service.Addresses;
import com.flashsale.launcher.service.Context;
import com.flashsale.launcher.state.PlatformState;
import com.flashsale.launcher.state.StateFile;
import com.flashsale.launcher.topology.Ports;

/** The platform that another process of this clone runs, or that others run and a description in the run directory names. */
record Attached(Context context, PlatformState state) {

    static Attached require(Home home) {
        var running = new StateFile(home)
                .running()
                .orElseThrow(() -> LauncherException.prerequisite("Nothing runs here. Start it with ./flashsale up"));
        if (running.isExternal()) {
            var ports = new Ports(Ports.DEFAULT_BASE);
            var context = new Context(home, ports, Secrets.at(home.secrets()), Addresses.of(running));
            return new Attached(context, running);
        }
        var base = running.portBase();
        var ports = new Ports(base == null ? Ports.DEFAULT_BASE : base);
        return new Attached(new Context(home, ports, Secrets.at(home.secrets())), running.measured());
    }
}
