package io.miaojie.settlement.campaign;

import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CampaignState;

/** What every campaign asks of an order before its kind is asked. */
public final class Eligibility {
    private Eligibility() {}

    /**
     * Holds what an order begins with against a campaign that isn't closed.
     *
     * @return {@code CAMPAIGN_PAUSED}, {@code NOT_STARTED}, {@code ENDED}, {@code CURRENCY_MISMATCH},
     *     {@code STORE_NOT_ELIGIBLE}, {@code CHANNEL_NOT_ELIGIBLE}, {@code OK}
     */
    public static ResultCode check(final CampaignVersion version, final Checkout checkout) {
        final ResultCode window = window(version, checkout.atNs());
        if (window != ResultCode.OK) {
            return window;
        }
        return version.definition().currency() == checkout.currency()
                ? place(version.definition(), checkout.storeId(), checkout.channel())
                : ResultCode.CURRENCY_MISMATCH;
    }

    /** Holds a registration against a campaign that isn't closed; says the same codes, but for the currency. */
    public static ResultCode check(final CampaignVersion version, final Registration registration) {
        final ResultCode window = window(version, registration.atNs());
        return window == ResultCode.OK
                ? place(version.definition(), registration.storeId(), registration.channel())
                : window;
    }

    /**
     * Holds an order's place against a campaign that sells.
     *
     * @return {@code CAMPAIGN_NOT_OPEN}, {@code CAMPAIGN_EXCLUDES}, {@code OK}
     */
    public static ResultCode sells(final CampaignVersion version, final Checkout checkout, final long nowNs) {
        if (version.campaign().state() != CampaignState.ACTIVE || window(version, nowNs) != ResultCode.OK) {
            return ResultCode.CAMPAIGN_NOT_OPEN;
        }
        final boolean isInPlace = version.definition().currency() == checkout.currency()
                && place(version.definition(), checkout.storeId(), checkout.channel()) == ResultCode.OK;
        return isInPlace ? ResultCode.OK : ResultCode.CAMPAIGN_EXCLUDES;
    }

    private static ResultCode window(final CampaignVersion version, final long atNs) {
        if (version.campaign().state() == CampaignState.PAUSED) {
            return ResultCode.CAMPAIGN_PAUSED;
        }
        if (!version.definition().hasStarted(atNs)) {
            return ResultCode.NOT_STARTED;
        }
        return version.definition().hasEnded(atNs) ? ResultCode.ENDED : ResultCode.OK;
    }

    private static ResultCode place(final CampaignDefinition definition, final Slice storeId, final Slice channel) {
        if (!definition.admitsStore(storeId)) {
            return ResultCode.STORE_NOT_ELIGIBLE;
        }
        return definition.admitsChannel(channel) ? ResultCode.OK : ResultCode.CHANNEL_NOT_ELIGIBLE;
    }
}
