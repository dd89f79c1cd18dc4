package com.acme.shop.config;

public record ShopConfig(String region) {

    public static ShopConfig read() {
        return new ShopConfig(System.getenv("REGION"));
    }
}
