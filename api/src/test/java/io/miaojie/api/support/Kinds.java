package io.miaojie.api.support;

import io.miaojie.wire.CodeCategory;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.TermDescriptor.Column;
import java.util.List;

/** A campaign kind with a term of every shape. */
public final class Kinds {
    public static final KindDescriptor REBATE = new KindDescriptor(
            1,
            "purchase-rebate",
            "Gives back a part of what was paid.",
            List.of(
                    TermDescriptor.scalar("rate_ppm", 0, 1_000_000, "Part of the base, ppm."),
                    TermDescriptor.scalar("line_cap", 1, (1L << 53) - 1, "Most for one line, minor units."),
                    TermDescriptor.scalar("fixed_amount", 1, (1L << 53) - 1, "Once per order, minor units."),
                    TermDescriptor.table(
                            "tiers",
                            3,
                            "By the sum of the base.",
                            List.of(
                                    new Column("from_amount", 0, (1L << 53) - 1, true, "Inclusive."),
                                    new Column("rate_ppm", 0, 1_000_000, false, "ppm."),
                                    new Column("fixed_amount", 1, (1L << 53) - 1, false, "Minor units."))),
                    TermDescriptor.ids("skus", 1_000, "Only these."),
                    TermDescriptor.ids("categories", 3, "Only these.")),
            List.of(new CodeDescriptor(256 + 1, "NO_ELIGIBLE_LINE", CodeCategory.DONE)));

    private Kinds() {}
}
