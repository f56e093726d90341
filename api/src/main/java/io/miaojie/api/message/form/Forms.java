package io.miaojie.api.message.form;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Every write that is a table. */
public final class Forms {
    public static final Form ORDER = OrderForms.ORDER;
    public static final Form ORDER_CANCEL = OrderForms.ORDER_CANCEL;
    public static final Form AFTER_SALE = OrderForms.AFTER_SALE;
    public static final Form PAYMENT = OrderForms.PAYMENT;
    public static final Form REFUND = OrderForms.REFUND;
    public static final Form DELIVERY = OrderForms.DELIVERY;
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
    public static final Form CLOCK = MoneyForms.CLOCK;

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
            CLOCK);

    /** The writes that may also come in bulk, by their type; payments have a reader of their own. */
    private static final Map<String, Form> EVENTS =
            byName(List.of(ORDER, ORDER_CANCEL, REFUND, DELIVERY, MEMBER, TOUCH, WITHDRAWAL, ADJUSTMENT));

    private static final Form[] BY_TEMPLATE = byTemplate();

    private Forms() {}

    /** Returns the form of a type of bulk; null: there is none. */
    public static Form event(final String type) {
        return EVENTS.get(type);
    }

    /** Returns the types of bulk as a text. */
    public static String eventTypes() {
        return "payment, " + String.join(", ", new TreeSet<>(EVENTS.keySet()));
    }

    /** Returns the form whose command has this template; null: it was made otherwise. */
    public static Form of(final int templateId) {
        return BY_TEMPLATE[templateId];
    }

    private static Map<String, Form> byName(final List<Form> forms) {
        final Map<String, Form> byName = new HashMap<>();
        forms.forEach(form -> byName.put(form.name(), form));
        return Map.copyOf(byName);
    }

    private static Form[] byTemplate() {
        final Form[] forms = new Form[256];
        ALL.forEach(form -> forms[form.templateId()] = form);
        return forms;
    }
}
