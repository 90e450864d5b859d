package com.flashsale.waitlist.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The arguments of the scripts, by name. Each record is written as the JSON object that its script knows as
 * {@code args}; a component that is null is left out.
 */
sealed interface ScriptArguments {

    JsonMapper JSON = JsonMapper.builder()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** @param joins in the order in which they are served */
    record Joins(List<Join> joins) implements ScriptArguments {}

    /**
     * @param admission id for a new one
     * @param place in the lobby's draw; by arrival if there is none
     */
    record Join(
            UUID customer,
            UUID admission,
            @Nullable Long place,
            @Nullable Long shownNumber) {}

    record Peek(UUID customer) implements ScriptArguments {}

    /**
     * @param admission id for a new one
     * @param number null for a ticket of the lobby
     */
    record ClaimTurn(
            UUID customer, UUID admission, @Nullable Long number) implements ScriptArguments {}

    record Holders() implements ScriptArguments {}

    record Tick(int available, long stockVersion, long ceiling) implements ScriptArguments {}

    record Change(List<RoomChange> changes) implements ScriptArguments {}

    /** A step of a draw, see {@code draw.lua}. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
    sealed interface Draw extends ScriptArguments {

        @JsonTypeName("NEXT")
        record Next(int limit) implements Draw {}

        @JsonTypeName("GIVE")
        record Give(List<Numbered> numbers) implements Draw {}

        record Numbered(UUID customer, long number) {}

        @JsonTypeName("CUT")
        record Cut() implements Draw {}
    }

    /** A part of a new room, see {@code rebuild.lua}. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
    sealed interface Rebuild extends ScriptArguments {

        /**
         * @param issued the ceiling that was reached
         * @param ceiling the new one
         * @param gaps {@code after-through,after-through}
         */
        @JsonTypeName("BEGIN")
        record Begin(long issued, long serving, long ceiling, int available, long stockVersion, long phase, String gaps)
                implements Rebuild {}

        @JsonTypeName("PROMISES")
        record Promises(List<Promise> promises) implements Rebuild {}

        /** @param lapse as a score */
        record Promise(String member, int units, long lapse, String claim) {}

        /** Numbers that had their turn. */
        @JsonTypeName("SPENT")
        record Spent(List<Long> numbers) implements Rebuild {}

        @JsonTypeName("PLACES")
        record Places(List<Place> places) implements Rebuild {}

        /** @param number null before the draw */
        record Place(UUID customer, long place, @Nullable Long number) {}

        /** The room is complete. */
        @JsonTypeName("END")
        record End() implements Rebuild {}
    }

    default RoomScript script() {
        return switch (this) {
            case Joins _ -> RoomScript.JOIN;
            case Peek _ -> RoomScript.PEEK;
            case ClaimTurn _ -> RoomScript.CLAIM;
            case Holders _ -> RoomScript.HOLDERS;
            case Tick _ -> RoomScript.TICK;
            case Change _ -> RoomScript.CHANGE;
            case Draw _ -> RoomScript.DRAW;
            case Rebuild _ -> RoomScript.REBUILD;
        };
    }

    default String toJson() {
        return JSON.writeValueAsString(this);
    }
}
