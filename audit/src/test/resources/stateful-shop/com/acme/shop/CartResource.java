package com.acme.shop;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.ArrayList;
import java.util.List;

@Path("/cart")
public class CartResource {

    @Inject
    Stock stock;

    private String lastCustomer;

    @POST
    public int add(@Context HttpServletRequest request, String article) {
        List<String> cart = new ArrayList<>();
        request.getSession().setAttribute("cart", cart);
        cart.add(article);
        lastCustomer = request.getRemoteUser();
        stock.reserve(article);
        return cart.size();
    }

    @GET
    public String last() {
        return lastCustomer;
    }
}
