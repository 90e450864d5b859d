package com.flashsale.violation.cycle.hen;

class Comb {}
