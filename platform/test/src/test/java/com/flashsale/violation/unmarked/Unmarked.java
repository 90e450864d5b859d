package com.flashsale.violation.unmarked;

class Unmarked {}
