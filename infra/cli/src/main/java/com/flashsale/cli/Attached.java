package com.flashsale.cli;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.StateFile;

/**
 * The platform that another process of this clone runs, or that others run and a description in the run directory
 * names.
 */
record Attached(Context context, PlatformState state) {

    static Attached require(Home home) {
        var running = new StateFile(home)
                .running()
                .orElseThrow(() -> ToolException.prerequisite("Nothing runs here. Start it with ./flashsale up"));
        return new Attached(Context.of(home, running), running.isExternal() ? running : running.measured());
    }
}
