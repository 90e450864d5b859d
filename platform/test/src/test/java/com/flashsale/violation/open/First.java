package com.flashsale.violation.open;

public class First {}
