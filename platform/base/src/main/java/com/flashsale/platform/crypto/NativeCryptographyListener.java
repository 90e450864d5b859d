package com.flashsale.platform.crypto;

import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;

/** Installs native cryptography before the first bean exists, and says so once there is a log. */
final class NativeCryptographyListener implements ApplicationListener<SpringApplicationEvent> {

    private String outcome = "";

    @Override
    public void onApplicationEvent(SpringApplicationEvent event) {
        switch (event) {
            case ApplicationStartingEvent _ -> outcome = NativeCryptography.install();
            case ApplicationPreparedEvent _ ->
                LoggerFactory.getLogger(getClass()).info(outcome);
            default -> {}
        }
    }
}
