package io.miaojie.settlement.campaign;

/** When a campaign that ends is closed: once no payment can arrive any more that it could reward. */
public final class CampaignClosing {
    /** How late a payment may arrive outside a sandbox. */
    public static final long LATE_MAX_NS = 7L * 24 * 60 * 60 * 1_000_000_000;

    private CampaignClosing() {}

    /** Returns the closing time of a version, {@code Long.MAX_VALUE}: never. */
    public static long deadlineNs(final CampaignDefinition definition) {
        final long endsAtNs = definition.endsAtNs();
        return endsAtNs == 0 || endsAtNs >= Long.MAX_VALUE - LATE_MAX_NS ? Long.MAX_VALUE : endsAtNs + LATE_MAX_NS;
    }

    public static boolean isDue(final CampaignVersion version, final long nowNs) {
        return deadlineNs(version.definition()) <= nowNs;
    }
}
