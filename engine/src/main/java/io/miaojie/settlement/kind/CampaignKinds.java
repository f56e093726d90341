package io.miaojie.settlement.kind;

import io.miaojie.settlement.campaign.CampaignKind;
import java.util.List;

/** The registry: every campaign kind, one line each. */
public final class CampaignKinds {
    private static final List<CampaignKind> ALL = List.of( //
            new PurchaseRebate(), //
            new ShareCommission(), //
            new Welcome(), //
            new FlashSale(), //
            new GroupBuy(), //
            new Presale());

    private CampaignKinds() {}

    public static List<CampaignKind> all() {
        return ALL;
    }
}
