package com.flashsale.waitlist.admission;

/** ISSUED, then either LAPSED, or ORDERED and DECIDED. */
public enum AdmissionState {
    /** It may be used; or its time is over, and order-service has not yet said that it was not. */
    ISSUED,
    /** An order was placed with it, inventory has not yet said held or refused. */
    ORDERED,
    /** Its units are now reserved, or will never be. */
    DECIDED,
    /** Not used, and void for ever. */
    LAPSED
}
