package io.miaojie.api.message.form;

import java.util.List;

/** Every write that is a table. */
public final class Forms {
    public static final Form ORDER = OrderForms.ORDER;
    public static final Form ORDER_CANCEL = OrderForms.ORDER_CANCEL;
    public static final Form AFTER_SALE = OrderForms.AFTER_SALE;
    public static final Form PAYMENT = OrderForms.PAYMENT;
    public static final Form REFUND = OrderForms.REFUND;
    public static final Form DELIVERY = OrderForms.DELIVERY;
    public static final Form ACTION = OrderForms.ACTION;
    public static final Form MEMBER = MemberForms.MEMBER;
    public static final Form REFERRER = MemberForms.REFERRER;
    public static final Form LINK_TARGET = MemberForms.LINK_TARGET;
    public static final Form SHARE_LINK = MemberForms.SHARE_LINK;
    public static final Form TOUCH = MemberForms.TOUCH;
    public static final Form WITHDRAWAL = MoneyForms.WITHDRAWAL;
    public static final Form DECISION = MoneyForms.DECISION;
    public static final Form SUBMISSION = MoneyForms.SUBMISSION;
    public static final Form REPORT = MoneyForms.REPORT;
    public static final Form ADJUSTMENT = MoneyForms.ADJUSTMENT;
    public static final Form FUNDING = MoneyForms.FUNDING;
    public static final Form PAYOUT_TERMS = MoneyForms.PAYOUT_TERMS;
    public static final Form CLOCK = MoneyForms.CLOCK;
    public static final Form RISK_RULES = RiskForms.RULES;
    public static final Form REVIEW = RiskForms.REVIEW;

    /** Every form. */
    public static final List<Form> ALL = List.of(
            ORDER,
            ORDER_CANCEL,
            AFTER_SALE,
            PAYMENT,
            REFUND,
            DELIVERY,
            MEMBER,
            REFERRER,
            LINK_TARGET,
            SHARE_LINK,
            TOUCH,
            WITHDRAWAL,
            DECISION,
            SUBMISSION,
            REPORT,
            ADJUSTMENT,
            FUNDING,
            PAYOUT_TERMS,
            CLOCK,
            RISK_RULES,
            REVIEW,
            ACTION);

    /** The writes that may also come in bulk; payments have a reader of their own. */
    public static final List<Form> EVENTS =
            List.of(ORDER, ORDER_CANCEL, REFUND, DELIVERY, MEMBER, TOUCH, WITHDRAWAL, ADJUSTMENT);

    private static final Form[] BY_TEMPLATE = byTemplate();

    private Forms() {}

    /** Returns the form whose command has this template; null: it was made otherwise. */
    public static Form of(final int templateId) {
        return BY_TEMPLATE[templateId];
    }

    private static Form[] byTemplate() {
        final Form[] forms = new Form[256];
        ALL.forEach(form -> forms[form.templateId()] = form);
        return forms;
    }
}
