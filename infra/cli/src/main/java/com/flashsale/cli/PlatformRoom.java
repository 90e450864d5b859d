package com.flashsale.cli;

import com.flashsale.client.ToolException;
import com.flashsale.control.ControlRoom;
import com.flashsale.engines.ProcessIdentity;
import com.flashsale.local.platform.Platform;
import java.io.IOException;

/** Opens the control room of a platform that this process runs. The room closes before the platform stops. */
final class PlatformRoom {

    private PlatformRoom() {}

    static void open(Platform platform) {
        try {
            var room = ControlRoom.start(platform.context(), platform::processes);
            var home = platform.context().home();
            ProcessIdentity self =
                    ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
            RoomAddress.write(home, platform.context().ports().controlRoom(), self);
            platform.beforeStop(() -> {
                RoomAddress.remove(home);
                room.close();
            });
        } catch (IOException taken) {
            int port = platform.context().ports().controlRoom();
            throw ToolException.prerequisite(
                    "The control room cannot listen at port " + port + ": " + taken.getMessage());
        }
    }
}
