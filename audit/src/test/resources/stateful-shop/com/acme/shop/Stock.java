package com.acme.shop;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

@ApplicationScoped
public class Stock {

    private final Map<String, Integer> left = new HashMap<>();

    public synchronized void reserve(String article) {
        left.merge(article, -1, Integer::sum);
    }
}
