package com.flashsale.waitlist.room;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** A decision of PostgreSQL as {@code change.lua} applies it to a room. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface RoomChange {

    /** An order was placed: the promise no longer lapses. */
    @JsonTypeName("IN_FLIGHT")
    record InFlight(String member, int units, String claim) implements RoomChange {}

    /** The promise is decided or has lapsed. */
    @JsonTypeName("DROPPED")
    record Dropped(String member) implements RoomChange {}

    /**
     * An entry of the waitlist has an offer.
     *
     * @param lapse as a score
     */
    @JsonTypeName("OFFERED")
    record Offered(String member, int units, String claim, long lapse) implements RoomChange {}

    /** The claim is a row in PostgreSQL. */
    @JsonTypeName("RECORDED")
    record Recorded(String member, String claim) implements RoomChange {}

    @JsonTypeName("STOCK")
    record NewStock(int available, long version) implements RoomChange {}

    @JsonTypeName("CEILING")
    record NewCeiling(long ceiling) implements RoomChange {}

    @JsonTypeName("PHASE")
    record NewPhase(long phase) implements RoomChange {}
}
