package io.miaojie.wire;

import java.util.List;

/**
 * What a campaign kind tells of itself. HTTP parses, validates and documents campaigns from it and knows no kind by
 * name.
 *
 * @param number 1..255, on the wire and the high byte of the kind's codes
 * @param name kebab-case, as in the API
 * @param description one or two sentences for the contract
 * @param actions what can be asked of a campaign, orders included
 * @param view how a campaign is looked at
 */
public record KindDescriptor(
        int number,
        String name,
        String description,
        List<TermDescriptor> terms,
        List<ActionDescriptor> actions,
        ViewDescriptor view,
        List<CodeDescriptor> codes) {
    public KindDescriptor {
        terms = List.copyOf(terms);
        actions = List.copyOf(actions);
        codes = List.copyOf(codes);
    }

    /** Makes the descriptor of a kind that rewards orders and sells nothing. */
    public KindDescriptor(
            final int number,
            final String name,
            final String description,
            final List<TermDescriptor> terms,
            final List<CodeDescriptor> codes) {
        this(number, name, description, terms, List.of(), ViewDescriptor.NONE, codes);
    }
}
