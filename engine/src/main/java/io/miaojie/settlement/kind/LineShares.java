package io.miaojie.settlement.kind;

import static io.miaojie.settlement.ledger.Money.MINOR_MAX;

import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.campaign.Terms;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.wire.TermDescriptor;

/** What kinds that reward lines by a rate have in common: which lines count, what a rate takes of them. */
final class LineShares {
    static final TermDescriptor LINE_CAP =
            TermDescriptor.scalar("line_cap", 1, MINOR_MAX, "Most that one line earns by a rate, minor units.");
    static final TermDescriptor SKUS =
            TermDescriptor.ids("skus", 1_000, "Only lines with these skus count; none: every line.");
    static final TermDescriptor CATEGORIES =
            TermDescriptor.ids("categories", 1_000, "Only lines of these categories count; none: every line.");

    private final int lineCapTerm;
    private final int skusTerm;
    private final int categoriesTerm;

    /** Names the places of the three terms in the kind's descriptor. */
    LineShares(final int lineCapTerm, final int skusTerm, final int categoriesTerm) {
        this.lineCapTerm = lineCapTerm;
        this.skusTerm = skusTerm;
        this.categoriesTerm = categoriesTerm;
    }

    /** Returns the sum of the eligible lines, -1 when none is eligible. */
    long eligibleMinor(final Terms terms, final RewardLines lines) {
        long sumMinor = -1;
        for (int line = 0; line < lines.count(); line++) {
            if (isEligible(terms, lines, line)) {
                sumMinor = Math.max(0, sumMinor) + lines.baseMinor(line);
            }
        }
        return sumMinor;
    }

    /** Returns what a rate takes of the eligible lines, floored and capped line by line. */
    long shareMinor(final Terms terms, final RewardLines lines, final long ratePpm) {
        final long capMinor = terms.has(lineCapTerm) ? terms.scalar(lineCapTerm) : MINOR_MAX;
        long sumMinor = 0;
        for (int line = 0; line < lines.count(); line++) {
            if (isEligible(terms, lines, line)) {
                sumMinor += lines.cut(line, Math.min(capMinor, Money.share(lines.baseMinor(line), ratePpm)));
            }
        }
        return sumMinor;
    }

    private boolean isEligible(final Terms terms, final RewardLines lines, final int line) {
        return (terms.admitsAll(skusTerm) || terms.admits(skusTerm, lines.sku(line)))
                && (terms.admitsAll(categoriesTerm) || terms.admits(categoriesTerm, lines.category(line)));
    }
}
