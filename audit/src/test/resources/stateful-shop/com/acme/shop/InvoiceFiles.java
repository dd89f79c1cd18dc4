package com.acme.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class InvoiceFiles {

    public Path write(String number, String text) throws IOException {
        Path draft = Files.createTempFile("invoice", ".txt");
        Files.writeString(draft, text);
        return Files.move(draft, Path.of("/var/invoices", number));
    }
}
