package io.miaojie.api.message.form;

import static io.miaojie.api.message.form.FieldType.ID;

import io.miaojie.api.json.JsonReader;
import io.miaojie.api.message.IdSpace;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.codec.ActionCommandEncoder;
import io.miaojie.wire.codec.AfterSaleCommandEncoder;
import io.miaojie.wire.codec.AfterSaleState;
import io.miaojie.wire.codec.CancelOrderCommandEncoder;
import io.miaojie.wire.codec.DeliveryCommandEncoder;
import io.miaojie.wire.codec.PaymentCommandEncoder;
import io.miaojie.wire.codec.PlaceOrderCommandEncoder;
import io.miaojie.wire.codec.RefundCommandEncoder;
import io.miaojie.wire.codec.RefundStatus;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Writes about orders: placing, cancelling, after-sale, payment, refund, delivery. */
final class OrderForms {
    /** Most lines of an order. */
    static final int LINES_MAX = 2_000;

    private static final int PAY_WITHIN_S = 1_800;
    private static final int QUANTITY = 4;
    private static final int UNIT_PRICE = 5;
    private static final int AMOUNT = 6;
    private static final int CAMPAIGN_ID = 7;
    private static final int SHIPPING = 2;
    private static final int ACTIONS_MAX = 255;

    /**
     * {@code unit_price} or {@code amount}: either way the command holds the amount of the whole line. What a campaign
     * sells, it prices itself.
     */
    private static final Fields ORDER_LINE = new Fields()
            .required("line_id", 3, ID)
            .required("sku", 4, FieldType.WORD)
            .optional("category", 5, FieldType.WORD)
            .optional("seller_id", 6, ID)
            .required("quantity", 2, FieldType.QUANTITY, PlaceOrderCommandEncoder.LinesEncoder.quantityEncodingOffset())
            .optional("unit_price", 100, FieldType.amount(0), Field.NOWHERE, 0)
            .optional(
                    "amount",
                    1,
                    FieldType.amount(0),
                    PlaceOrderCommandEncoder.LinesEncoder.amountMinorEncodingOffset(),
                    0)
            .inside("campaign.id", 7, ID)
            .inside("campaign.action", 8, ID)
            .optional("campaign.group_id", 9, ID);

    static final Form ORDER = new Form(
            "order",
            IdSpace.ORDER,
            PlaceOrderCommandEncoder.TEMPLATE_ID,
            PlaceOrderCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .at("placed_at", Field.Need.OPTIONAL)
                    .required("currency", 5, FieldType.CURRENCY, PlaceOrderCommandEncoder.currencyEncodingOffset())
                    .optional(
                            "shipping_amount",
                            2,
                            FieldType.amount(0),
                            PlaceOrderCommandEncoder.shippingMinorEncodingOffset(),
                            0)
                    .optional(
                            "pool_spend",
                            3,
                            FieldType.amount(0),
                            PlaceOrderCommandEncoder.poolSpendMinorEncodingOffset(),
                            0)
                    .optional(
                            "pay_within_s",
                            4,
                            FieldType.integer(Integer.BYTES, 60, 604_800),
                            PlaceOrderCommandEncoder.payWithinSEncodingOffset(),
                            PAY_WITHIN_S)
                    .required("id", 30, ID)
                    .required("member_id", 31, ID)
                    .optional("channel", 32, ID)
                    .optional("store_id", 33, ID)
                    .optional("clerk_id", 34, ID)
                    .optional("share_token", 35, ID)
                    .optional("metadata", 36, FieldType.METADATA),
            List.of(new Rows(
                    "lines",
                    20,
                    PlaceOrderCommandEncoder.LinesEncoder.sbeBlockLength(),
                    1,
                    LINES_MAX,
                    ORDER_LINE,
                    OrderForms::priceLine)),
            (order, form) -> requireSum(form, form.sum(0, AMOUNT) + order.at(SHIPPING)));

    static final Form ORDER_CANCEL = new Form(
            "order_cancel",
            IdSpace.ORDER_CANCEL,
            CancelOrderCommandEncoder.TEMPLATE_ID,
            CancelOrderCommandEncoder.BLOCK_LENGTH,
            new Fields().required("id", 10, ID).path("order_id", 11),
            List.of(),
            Rule.NONE);

    static final Form AFTER_SALE = new Form(
            "after_sale",
            IdSpace.AFTER_SALE,
            AfterSaleCommandEncoder.TEMPLATE_ID,
            AfterSaleCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .required(
                            "state",
                            2,
                            FieldType.word(Map.of(
                                    "OPEN", AfterSaleState.OPEN.value(), "CLOSED", AfterSaleState.CLOSED.value())),
                            AfterSaleCommandEncoder.stateEncodingOffset())
                    .required("id", 10, ID)
                    .path("order_id", 11),
            List.of(),
            Rule.NONE);

    /** Read by a form of its own; this tells what stands where. */
    static final Form PAYMENT = new Form(
            "payment",
            IdSpace.PAYMENT,
            PaymentCommandEncoder.TEMPLATE_ID,
            PaymentCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .required("amount", 2, FieldType.amount(0), PaymentCommandEncoder.amountMinorEncodingOffset())
                    .required("currency", 4, FieldType.CURRENCY, PaymentCommandEncoder.currencyEncodingOffset())
                    .at("paid_at", Field.Need.REQUIRED)
                    .optional(
                            "instalment",
                            5,
                            FieldType.word(Map.of("full", 1, "deposit", 2, "balance", 3)),
                            PaymentCommandEncoder.instalmentEncodingOffset(),
                            1)
                    .optional(
                            "shipping_amount",
                            3,
                            FieldType.amount(0),
                            PaymentCommandEncoder.shippingMinorEncodingOffset(),
                            0)
                    .required("id", 30, ID)
                    .optional("source", 31, ID)
                    .required("order_id", 32, ID)
                    .optional("member_id", 33, ID)
                    .optional("channel", 34, ID)
                    .optional("store_id", 35, ID)
                    .optional("clerk_id", 36, ID)
                    .optional("share_token", 37, ID)
                    .optional("metadata", 38, FieldType.METADATA)
                    .optional("payer", 39, FieldType.WORD)
                    .made(40)
                    .optional("signals", 41, FieldType.WORD),
            List.of(new Rows(
                    "lines",
                    20,
                    PaymentCommandEncoder.LinesEncoder.sbeBlockLength(),
                    0,
                    LINES_MAX,
                    new Fields()
                            .required(
                                    "amount",
                                    1,
                                    FieldType.amount(0),
                                    PaymentCommandEncoder.LinesEncoder.amountMinorEncodingOffset())
                            .optional(
                                    "quantity",
                                    2,
                                    FieldType.QUANTITY,
                                    PaymentCommandEncoder.LinesEncoder.quantityEncodingOffset(),
                                    1)
                            .required("line_id", 3, ID)
                            .required("sku", 4, FieldType.WORD)
                            .optional("category", 5, FieldType.WORD)
                            .optional("seller_id", 6, ID),
                    Rule.NONE)),
            Rule.NONE);

    static final Form REFUND = new Form(
            "refund",
            IdSpace.REFUND,
            RefundCommandEncoder.TEMPLATE_ID,
            RefundCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .at("refunded_at", Field.Need.OPTIONAL)
                    .required("amount", 2, FieldType.amount(1), RefundCommandEncoder.amountMinorEncodingOffset())
                    .required("currency", 3, FieldType.CURRENCY, RefundCommandEncoder.currencyEncodingOffset())
                    .optional(
                            "status",
                            4,
                            FieldType.word(Map.of("SUCCESS", 1, "CLOSED", 2, "ABNORMAL", 3, "PROCESSING", 4)),
                            RefundCommandEncoder.refundStatusEncodingOffset(),
                            RefundStatus.SUCCESS.value())
                    .optional("goodwill", 5, FieldType.TRUTH, RefundCommandEncoder.goodwillEncodingOffset(), 0)
                    .required("id", 30, ID)
                    .optional("source", 31, Sources.SOURCE)
                    .required("order_id", 32, ID)
                    .optional("payment_id", 33, ID)
                    .optional("refund_order_id", 34, ID)
                    .optional("metadata", 35, FieldType.METADATA),
            List.of(new Rows(
                    "lines",
                    20,
                    RefundCommandEncoder.LinesEncoder.sbeBlockLength(),
                    0,
                    LINES_MAX,
                    new Fields()
                            .required("line_id", 2, ID)
                            .required(
                                    "amount",
                                    1,
                                    FieldType.amount(0),
                                    RefundCommandEncoder.LinesEncoder.amountMinorEncodingOffset()),
                    Rule.NONE)),
            (refund, form) -> requireSum(form, form.sum(0, 1)));

    static final Form DELIVERY = new Form(
            "delivery",
            IdSpace.DELIVERY,
            DeliveryCommandEncoder.TEMPLATE_ID,
            DeliveryCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .at("delivered_at", Field.Need.OPTIONAL)
                    .required("id", 30, ID)
                    .optional("source", 31, Sources.SOURCE)
                    .required("order_id", 32, ID),
            List.of(new Rows(
                    "lines",
                    20,
                    DeliveryCommandEncoder.LinesEncoder.sbeBlockLength(),
                    0,
                    LINES_MAX,
                    new Fields()
                            .required("line_id", 2, ID)
                            .optional(
                                    "quantity",
                                    1,
                                    FieldType.QUANTITY,
                                    DeliveryCommandEncoder.LinesEncoder.quantityEncodingOffset(),
                                    0),
                    Rule.NONE)),
            Rule.NONE);

    /** Read by a form of its own, since arguments are the action's; this tells what stands where. */
    static final Form ACTION = new Form(
            "action",
            IdSpace.ACTION,
            ActionCommandEncoder.TEMPLATE_ID,
            ActionCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .made(2, FieldType.integer(Byte.BYTES, 0, ACTIONS_MAX), ActionCommandEncoder.actionEncodingOffset())
                    .required("id", 30, ID)
                    .path("campaign_id", 31)
                    .optional("member_id", 32, ID)
                    .optional("group_id", 33, ID)
                    .optional("actor", 50, ID),
            List.of(new Rows(
                    "arguments",
                    20,
                    ActionCommandEncoder.ArgumentsEncoder.sbeBlockLength(),
                    0,
                    ACTIONS_MAX,
                    new Fields()
                            .made(
                                    1,
                                    FieldType.integer(Byte.BYTES, 0, ACTIONS_MAX),
                                    ActionCommandEncoder.ArgumentsEncoder.argumentEncodingOffset())
                            .made(2, FieldType.HALF_HASH, ActionCommandEncoder.ArgumentsEncoder.valueEncodingOffset())
                            .made(3),
                    Rule.NONE)),
            Rule.NONE);

    private OrderForms() {}

    private static void priceLine(final Values line, final FormReader form) {
        final JsonReader in = form.in();
        if (line.has(AMOUNT) == line.has(UNIT_PRICE) && (line.has(AMOUNT) || !line.has(CAMPAIGN_ID))) {
            throw line.has(AMOUNT)
                    ? in.refuse(EdgeCode.INVALID_VALUE, "unit_price", "unit_price or amount, not both")
                    : in.missingField("amount");
        }
        if (line.has(UNIT_PRICE)) {
            final BigInteger amount =
                    BigInteger.valueOf(line.at(UNIT_PRICE)).multiply(BigInteger.valueOf(line.at(QUANTITY)));
            if (amount.bitLength() > 53) {
                throw in.refuse(EdgeCode.OUT_OF_RANGE, "unit_price", "the line exceeds " + JsonReader.AMOUNT_MAX);
            }
            line.set(AMOUNT, amount.longValue());
        }
    }

    private static void requireSum(final FormReader form, final long sum) {
        if (sum > JsonReader.AMOUNT_MAX) {
            throw new BadInput(EdgeCode.OUT_OF_RANGE, "/lines", "together they exceed " + JsonReader.AMOUNT_MAX);
        }
    }
}
