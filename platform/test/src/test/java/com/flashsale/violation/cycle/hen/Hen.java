package com.flashsale.violation.cycle.hen;

import com.flashsale.violation.cycle.egg.Egg;

public record Hen(int number) {
    public int compare(Egg other) {
        return number - other.number();
    }
}
