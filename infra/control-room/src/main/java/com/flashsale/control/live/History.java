package com.flashsale.control.live;

import java.util.ArrayDeque;
import java.util.Deque;

/** The points of the charts of the last ten watched minutes, each as JSON. */
public final class History {

    private static final int MOST = 600;

    private final Deque<String> points = new ArrayDeque<>();

    public synchronized void add(String point) {
        points.addLast(point);
        if (points.size() > MOST) points.removeFirst();
    }

    /** A JSON array. */
    public synchronized String json() {
        return "[" + String.join(",", points) + "]";
    }
}
