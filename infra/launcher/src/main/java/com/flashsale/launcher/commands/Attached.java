package com.flashsale.launcher.commands;

import com.flashsale.launcher.Home;
import com.flashsale.launcher.LauncherException;
import com.flashsale.launcher.service.Context;
import com.flashsale.launcher.state.PlatformState;
import com.flashsale.launcher.state.StateFile;

/**
 * The platform that another process of this clone runs, or that others run and a description in the run directory
 * names.
 */
record Attached(Context context, PlatformState state) {

    static Attached require(Home home) {
        var running = new StateFile(home)
                .running()
                .orElseThrow(() -> LauncherException.prerequisite("Nothing runs here. Start it with ./flashsale up"));
        return new Attached(Context.of(home, running), running.isExternal() ? running : running.measured());
    }
}
