package com.flashsale.violation.open;

public class Second {}
