package io.miaojie.settlement.campaign;

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
        final CampaignDefinition definition = version.definition();
        if (version.campaign().state() == CampaignState.PAUSED) {
            return ResultCode.CAMPAIGN_PAUSED;
        }
        if (!definition.hasStarted(checkout.atNs())) {
            return ResultCode.NOT_STARTED;
        }
        if (definition.hasEnded(checkout.atNs())) {
            return ResultCode.ENDED;
        }
        if (definition.currency() != checkout.currency()) {
            return ResultCode.CURRENCY_MISMATCH;
        }
        if (!definition.admitsStore(checkout.storeId())) {
            return ResultCode.STORE_NOT_ELIGIBLE;
        }
        return definition.admitsChannel(checkout.channel()) ? ResultCode.OK : ResultCode.CHANNEL_NOT_ELIGIBLE;
    }
}
