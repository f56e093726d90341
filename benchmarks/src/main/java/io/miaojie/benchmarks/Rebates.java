package io.miaojie.benchmarks;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.kind.CampaignKinds;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.TermDescriptor;
import java.util.List;

/**
 * The three open purchase-rebate campaigns of every bench, and what a payment of one line earns by each: one percent,
 * three percent up to a cap, and a fixed amount. Units: minor.
 */
public final class Rebates {
    /** One term of a campaign, by name. */
    public record Term(String name, long value) {}

    /** Name of their kind. */
    public static final String KIND = "purchase-rebate";

    /** How many grants each payment earns. */
    public static final int COUNT = 3;

    private static final long MILLION = 1_000_000;
    private static final long RATE_PPM = 10_000;
    private static final long CAPPED_PPM = 30_000;
    private static final long LINE_CAP = 500;
    private static final long FIXED = 7;

    private Rebates() {}

    /** Returns the id of a campaign. */
    public static String id(final int campaign) {
        return "rebate-" + campaign;
    }

    /** Returns the terms of a campaign. */
    public static List<Term> terms(final int campaign) {
        return switch (campaign) {
            case 0 -> List.of(new Term("rate_ppm", RATE_PPM));
            case 1 -> List.of(new Term("rate_ppm", CAPPED_PPM), new Term("line_cap", LINE_CAP));
            case 2 -> List.of(new Term("fixed_amount", FIXED));
            default -> throw new IllegalArgumentException("campaign=" + campaign);
        };
    }

    /** Returns what a payment of this amount earns by a campaign. */
    public static long rewardMinor(final int campaign, final long amountMinor) {
        return switch (campaign) {
            case 0 -> amountMinor * RATE_PPM / MILLION;
            case 1 -> Math.min(LINE_CAP, amountMinor * CAPPED_PPM / MILLION);
            case 2 -> FIXED;
            default -> throw new IllegalArgumentException("campaign=" + campaign);
        };
    }

    /** Returns the number of the kind on the wire. */
    public static int kindNumber() {
        return kind().number();
    }

    /** Returns the place of a term in the kind's descriptor. */
    public static int termIndex(final String name) {
        final List<String> names =
                kind().terms().stream().map(TermDescriptor::name).toList();
        return names.indexOf(name);
    }

    private static KindDescriptor kind() {
        return CampaignKinds.all().stream()
                .map(CampaignKind::descriptor)
                .filter(descriptor -> descriptor.name().equals(KIND))
                .findFirst()
                .orElseThrow();
    }
}
