package com.flashsale.violation.cycle.egg;

import com.flashsale.violation.cycle.hen.Hen;

public record Egg(int number) {
    public int compare(Hen other) {
        return number - other.number();
    }
}
