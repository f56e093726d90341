package io.miaojie.settlement;

import io.miaojie.settlement.part.ApiKey;
import io.miaojie.settlement.part.Merchants;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.Role;

/** Who may make and revoke the keys of a merchant: the node's own key, and the merchant's admins. */
final class KeyGuards {
    private final Merchants merchants;
    private int merchant;

    KeyGuards(final Merchants merchants) {
        this.merchants = merchants;
    }

    /** Returns {@code ROLE_FORBIDS}, {@code MERCHANT_UNKNOWN} (node), {@code FOREIGN_MERCHANT} (others), {@code OK}. */
    ResultCode check(final ApiKey key, final Slice merchantId) {
        if (key.role() != Role.ADMIN) {
            return ResultCode.ROLE_FORBIDS;
        }
        merchant = merchants.find(merchantId);
        if (key.isOfNode()) {
            return merchant < 0 ? ResultCode.MERCHANT_UNKNOWN : ResultCode.OK;
        }
        return merchant == key.merchant() ? ResultCode.OK : ResultCode.FOREIGN_MERCHANT;
    }

    /** Returns the merchant that the last check found. */
    int merchant() {
        return merchant;
    }
}
