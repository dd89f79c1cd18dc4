package com.acme.shop;

import java.util.Currency;
import java.util.List;
import java.util.Map;

/** What an audit has nothing to say about. */
public record Price(long cents, Currency currency) {

    private static final Map<String, Integer> TAX = Map.of("book", 7, "lamp", 19);
    private static final List<String> FREE = List.of("sample");

    public Price withTax(String kind) {
        return FREE.contains(kind) ? this : new Price(cents * (100 + TAX.getOrDefault(kind, 19)) / 100, currency);
    }
}
