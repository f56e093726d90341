package io.miaojie.settlement;

import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.Merchants;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;

/** Settles {@code CreateMerchantCommand}. */
final class CreateMerchant {
    private static final int UTC_OFFSET_MINUTES_MAX = 18 * 60;
    private static final int BINDING_DAYS_MAX = 3_650;

    private final Merchants merchants;
    private final Replies replies;
    private final CreateMerchantCommandDecoder command = new CreateMerchantCommandDecoder();
    private final Slice id = new Slice();

    CreateMerchant(final State state, final Replies replies) {
        this.merchants = state.merchants();
        this.replies = replies;
    }

    /** Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT}, {@code MERCHANT_EXISTS}, {@code MERCHANTS_FULL}. */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        final int offset = command.limit() + CreateMerchantCommandDecoder.idHeaderLength();
        id.wrap(call.in(), offset, command.skipId());
        if (!call.key().isOfNode()) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (Currencies.byNumber(command.currency()) == null
                || Math.abs(command.utcOffsetMinutes()) > UTC_OFFSET_MINUTES_MAX
                || !bindingIsSound()
                || !isRate(Merchants.rewardCapPpm(command))) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        if (merchants.find(id) >= 0) {
            return replies.refuse(call, ResultCode.MERCHANT_EXISTS);
        }
        if (merchants.room() == 0) {
            return replies.turnAway(call, ResultCode.MERCHANTS_FULL);
        }
        final int index = merchants.add(call.copy()).index();
        return replies.defined(call, index, index);
    }

    private static boolean isRate(final int ppm) {
        return ppm > 0 && ppm <= Money.PPM;
    }

    /** A window has days, and nothing else has. */
    private boolean bindingIsSound() {
        final short mode = command.bindingModeRaw();
        final boolean isKnown = mode <= BindingMode.ORDER_TOKEN.value() || mode == BindingMode.NULL_VAL.value();
        return isKnown
                && (mode == BindingMode.WINDOW.value()
                        ? command.bindingDays() >= 1 && command.bindingDays() <= BINDING_DAYS_MAX
                        : command.bindingDays() == 0);
    }
}
