package io.miaojie.projection;

import io.miaojie.wire.ResultCode;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.collections.Int2ObjectHashMap;

/** Names of the engine's result codes, and which of them somebody has to look at. */
final class ResultNames {
    /** Codes of a whole fact that are rows of {@code discrepancy}. */
    private static final Set<ResultCode> DISCREPANCIES = EnumSet.of(
            ResultCode.LINES_MISMATCH,
            ResultCode.MEMBER_MISMATCH,
            ResultCode.OUT_OF_WINDOW,
            ResultCode.AMOUNT_MISMATCH,
            ResultCode.DUPLICATE_PAYMENT,
            ResultCode.LATE_PAYMENT,
            ResultCode.EXCEEDS_PAID,
            ResultCode.LINE_UNKNOWN,
            ResultCode.ORDER_UNKNOWN,
            ResultCode.CURRENCY_MISMATCH,
            ResultCode.TOKEN_UNKNOWN,
            ResultCode.REFUND_ORDER_UNKNOWN,
            ResultCode.DEVICE_SHARED,
            ResultCode.ADDRESS_SHARED,
            ResultCode.PAYOUT_SHARED,
            ResultCode.REFERRER_SHARES,
            ResultCode.REFERRAL_RING,
            ResultCode.REFUNDS_HIGH);

    private static final Int2ObjectHashMap<ResultCode> CODES = new Int2ObjectHashMap<>();

    static {
        for (final ResultCode code : ResultCode.values()) {
            CODES.put(code.number(), code);
        }
    }

    private ResultNames() {}

    /** Returns the name of a code; its number where a campaign kind made it. */
    static String name(final int number) {
        final ResultCode code = CODES.get(number);
        return code == null ? Integer.toString(number) : code.name();
    }

    static boolean isDiscrepancy(final int number) {
        return DISCREPANCIES.contains(CODES.get(number));
    }
}
