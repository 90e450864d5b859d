package com.flashsale.violation.cycle.hen;

class Feather {}
