package com.flashsale.waitlist.room;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param tick how often turns are given
 * @param promiseTick the same for a room in which no customer waits and units are promised
 * @param idleTick the same for a room in which nothing happens by time alone
 * @param checkpoint how often PostgreSQL learns how far a room is
 * @param lapse how often unused admissions are ended
 * @param numberRange numbers that Redis may give out before PostgreSQL is asked again
 * @param lobby customers that a draw by lot takes; after the draw those beyond the crowd are told that there is no
 *     chance
 * @param joins how joins share a call of Redis
 */
@ConfigurationProperties("waitlist.room")
record WaitingRoomSettings(
        @DefaultValue("100ms") Duration tick,
        @DefaultValue("500ms") Duration promiseTick,
        @DefaultValue("1s") Duration idleTick,
        @DefaultValue("500ms") Duration checkpoint,
        @DefaultValue("250ms") Duration lapse,
        @DefaultValue("10000") int numberRange,
        @DefaultValue("500000") int lobby,
        @DefaultValue Joins joins) {

    /**
     * @param batch most joins in one call, during which Redis serves no other request: up to 50 us each
     * @param queue most that may wait; the next one is refused
     * @param maxWait how long one waits before its caller is told to come again
     * @param pace from one call's beginning to the next one's, at least
     */
    record Joins(
            @DefaultValue("128") int batch,
            @DefaultValue("4000") int queue,
            @DefaultValue("1s") Duration maxWait,
            @DefaultValue("5ms") Duration pace) {}
}
