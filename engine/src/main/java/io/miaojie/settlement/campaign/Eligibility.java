package io.miaojie.settlement.campaign;

import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CampaignState;

/** What every campaign asks of a payment before its kind is asked. */
public final class Eligibility {
    private Eligibility() {}

    /**
     * Holds a payment against a campaign that isn't closed.
     *
     * @return {@code CAMPAIGN_PAUSED}, {@code NOT_STARTED}, {@code ENDED}, {@code CURRENCY_MISMATCH},
     *     {@code STORE_NOT_ELIGIBLE}, {@code CHANNEL_NOT_ELIGIBLE}, {@code OK}
     */
    public static ResultCode check(final Campaign campaign, final Payment payment) {
        final CampaignDefinition definition = campaign.current().definition();
        if (campaign.state() == CampaignState.PAUSED) {
            return ResultCode.CAMPAIGN_PAUSED;
        }
        if (!definition.hasStarted(payment.atNs())) {
            return ResultCode.NOT_STARTED;
        }
        if (definition.hasEnded(payment.atNs())) {
            return ResultCode.ENDED;
        }
        if (definition.currency() != payment.currency()) {
            return ResultCode.CURRENCY_MISMATCH;
        }
        if (!definition.admitsStore(payment.storeId())) {
            return ResultCode.STORE_NOT_ELIGIBLE;
        }
        return definition.admitsChannel(payment.channel()) ? ResultCode.OK : ResultCode.CHANNEL_NOT_ELIGIBLE;
    }
}
