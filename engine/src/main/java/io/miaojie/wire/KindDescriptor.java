package io.miaojie.wire;

import java.util.List;

/**
 * What a campaign kind tells of itself. HTTP parses, validates and documents campaigns from it and knows no kind by
 * name.
 *
 * @param number 1..255, on the wire and the high byte of the kind's codes
 * @param name kebab-case, as in the API
 * @param description one or two sentences for the contract
 */
public record KindDescriptor(
        int number, String name, String description, List<TermDescriptor> terms, List<CodeDescriptor> codes) {
    public KindDescriptor {
        terms = List.copyOf(terms);
        codes = List.copyOf(codes);
    }
}
