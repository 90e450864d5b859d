package com.flashsale.platform.switches;

/** One switch as this process knows it. A read costs a volatile field, so each request may look. */
public final class Switch {

    private final String name;
    private volatile boolean on = true;

    Switch(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** True until the process has learned otherwise. */
    public boolean isOn() {
        return on;
    }

    /** @return whether this is a change */
    boolean turn(boolean now) {
        var changed = on != now;
        on = now;
        return changed;
    }
}
