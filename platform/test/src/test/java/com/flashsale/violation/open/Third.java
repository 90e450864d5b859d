package com.flashsale.violation.open;

class Third {}
