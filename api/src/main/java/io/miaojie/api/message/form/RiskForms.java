package io.miaojie.api.message.form;

import static io.miaojie.api.message.form.FieldType.ID;

import io.miaojie.api.message.IdSpace;
import io.miaojie.wire.codec.DefineRiskRulesCommandEncoder;
import io.miaojie.wire.codec.DefineRiskRulesCommandEncoder.RulesEncoder;
import io.miaojie.wire.codec.ReviewOrderCommandEncoder;
import io.miaojie.wire.codec.RiskSignal;
import io.miaojie.wire.codec.RiskVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Writes about rules of risk, and decisions on the orders that they held. */
final class RiskForms {
    private static final long REVIEW_NS = Duration.ofDays(7).toNanos();
    private static final int RULES_MAX = RiskSignal.REFUNDS.value();

    private static final FieldType DECISION =
            FieldType.word(Map.of("release", RiskVerdict.RELEASE.value(), "reject", RiskVerdict.REJECT.value()));

    static final Form RULES = new Form(
            "risk_rules",
            IdSpace.RISK_RULES,
            DefineRiskRulesCommandEncoder.TEMPLATE_ID,
            DefineRiskRulesCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .optional(
                            "review",
                            2,
                            FieldType.DURATION,
                            DefineRiskRulesCommandEncoder.reviewNsEncodingOffset(),
                            REVIEW_NS)
                    .optional(
                            "at_end",
                            3,
                            DECISION,
                            DefineRiskRulesCommandEncoder.atEndEncodingOffset(),
                            RiskVerdict.REJECT.value())
                    .required("id", 30, ID)
                    .required("actor", 31, ID),
            List.of(new Rows(
                    "rules",
                    20,
                    RulesEncoder.sbeBlockLength(),
                    0,
                    RULES_MAX,
                    new Fields()
                            .required("signal", 1, signal(), RulesEncoder.signalEncodingOffset())
                            .optional("limit", 2, FieldType.amount(0), RulesEncoder.limitEncodingOffset(), 0)
                            .required("window", 3, FieldType.DURATION, RulesEncoder.windowNsEncodingOffset())
                            .required("verdict", 4, verdict(), RulesEncoder.verdictEncodingOffset()),
                    Rule.NONE)),
            Rule.NONE);

    static final Form REVIEW = new Form(
            "order_review",
            IdSpace.ORDER_REVIEW,
            ReviewOrderCommandEncoder.TEMPLATE_ID,
            ReviewOrderCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .required("verdict", 2, DECISION, ReviewOrderCommandEncoder.verdictEncodingOffset())
                    .required("id", 10, ID)
                    .path("order_id", 11)
                    .required("actor", 12, ID)
                    .optional("reason", 13, MoneyForms.REASON),
            List.of(),
            Rule.NONE);

    private RiskForms() {}

    private static FieldType signal() {
        return FieldType.word(Map.of(
                "device", RiskSignal.DEVICE.value(),
                "address", RiskSignal.ADDRESS.value(),
                "payout", RiskSignal.PAYOUT.value(),
                "self_referral", RiskSignal.SELF_REFERRAL.value(),
                "ring", RiskSignal.RING.value(),
                "refunds", RiskSignal.REFUNDS.value()));
    }

    private static FieldType verdict() {
        return FieldType.word(Map.of("hold", RiskVerdict.HOLD.value(), "reject", RiskVerdict.REJECT.value()));
    }
}
