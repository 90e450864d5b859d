package com.flashsale.client.deadletters;

/** The result for a letter that was to be sent again. */
public enum Outcome {
    /** Its consumer has passed the copy and did not set it aside. */
    HANDLED("handled"),
    /** Its consumer has set the copy aside: the cause is not mended. */
    AGAIN("again in the dlt"),
    /** The copy is in its topic, and its consumer has not come to it within the wait. */
    WAITING("still waiting"),
    /** A later fact of the same thing is in the compacted topic: the letter would undo it there. */
    SUPERSEDED("superseded"),
    /** An earlier run has sent it. */
    SENT_BEFORE("sent before"),
    /** Older than the memory of the inboxes: a consumer that had handled it would do so twice. */
    TOO_OLD("too old"),
    /** Kafka did not take the copy. */
    REFUSED("refused"),
    /** A dry run would send it. */
    WOULD_BE_SENT("would be sent");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** The letter needs no more attention. */
    public boolean isSettled() {
        return this == HANDLED || this == SUPERSEDED || this == SENT_BEFORE || this == WOULD_BE_SENT;
    }
}
