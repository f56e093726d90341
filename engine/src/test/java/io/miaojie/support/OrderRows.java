package io.miaojie.support;

import io.miaojie.support.OrderMessages.Acting;
import io.miaojie.support.OrderMessages.Line;
import io.miaojie.support.OrderMessages.Part;
import io.miaojie.support.OrderMessages.Placing;
import io.miaojie.support.OrderMessages.Refunding;
import io.miaojie.wire.codec.AfterSaleState;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.RefundStatus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rows of a {@link Scenario} about orders and time. Verbs:
 *
 * <pre>
 * pay       P1 member=U1 amount=1000 lines=A/tea/500,B//500/3 at=-1h clerk=U2 token=t payer=w draw=5 device=d address=a
 * order     O1 member=U1 lines=A/tea/500 shipping=10 spend=100 within=60 clerk=U2 token=t
 * cancel    O1
 * aftersale O1 OPEN
 * refund    R1 order=O1 amount=100 lines=1/50,2/50 status=success goodwill=1 closes=rf...
 * deliver   D1 order=O1 lines=1/0,2/3
 * clock     +1d                                        or to=+2d
 * act       F1 1 member=U1 group=gr.. with=5,,7        action 1 of the kind, its arguments in their order
 * orderof   O1
 * </pre>
 *
 * Lines are numbered from 1; a fourth part is their quantity, a fifth their id, a sixth the campaign that sells them,
 * {@code F1}, {@code F1:join} or {@code F1:join:group}. The id of a request is the row, unless {@code id=...}.
 */
final class OrderRows {
    static final Set<String> VERBS =
            Set.of("pay", "order", "cancel", "aftersale", "refund", "deliver", "clock", "orderof", "act");

    private OrderRows() {}

    static UnsafeBuffer encode(final ScenarioRow row, final int key) {
        final String id = row.option("id", row.text());
        return switch (row.verb()) {
            case "pay" -> payment(row, key);
            case "order" ->
                OrderMessages.placeOrder(
                        key, placing(row), row.option("clerk", ""), row.option("token", ""), row.timeNs("at"));
            case "cancel" -> OrderMessages.cancelOrder(key, id, row.name());
            case "aftersale" ->
                OrderMessages.afterSale(
                        key, id, row.name(), AfterSaleState.valueOf(row.words().get(2)));
            case "refund" -> OrderMessages.refund(key, refunding(row));
            case "deliver" -> OrderMessages.deliver(key, row.name(), row.option("order", ""), parts(row));
            case "clock" ->
                OrderMessages.advanceClock(
                        key, id, row.name().isEmpty() ? 0 : ScenarioRow.durationNs(row.name()), row.timeNs("to"));
            case "act" -> OrderMessages.act(key, acting(row, id));
            case "orderof" -> OrderMessages.orderQuery(key, row.name());
            default -> throw new IllegalArgumentException(row.text());
        };
    }

    private static UnsafeBuffer payment(final ScenarioRow row, final int key) {
        final PaymentDraft draft = Commands.payment(key, row.name())
                .order(row.option("order", "O-" + row.name()))
                .member(row.option("member", ""))
                .amount(row.number("amount", 0))
                .shipping(row.number("shipping", 0))
                .currency(row.option("currency", "CNY"))
                .instalment(Instalment.valueOf(row.option("instalment", "full").toUpperCase(Locale.ROOT)))
                .channel(row.option("channel", ""))
                .store(row.option("store", ""))
                .clerk(row.option("clerk", ""))
                .token(row.option("token", ""))
                .at(row.timeNs("at"));
        lines(row).forEach(draft::line);
        draft.signals(RiskRows.signals(row));
        if (row.options().containsKey("payer")) {
            final String payer = row.option("payer", "");
            draft.payer(ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(PeopleMessages.hashLow(payer))
                    .putLong(PeopleMessages.hashHigh(payer))
                    .array());
        }
        if (row.options().containsKey("draw")) {
            final long draw = row.number("draw", 0);
            draft.random(ByteBuffer.allocate(16).putLong(draw).putLong(draw).array());
        }
        return draft.encode();
    }

    private static Placing placing(final ScenarioRow row) {
        return new Placing(
                row.name(),
                row.option("member", ""),
                row.option("currency", "CNY"),
                row.number("shipping", 0),
                row.number("spend", 0),
                (int) row.number("within", 0),
                lines(row));
    }

    private static List<Line> lines(final ScenarioRow row) {
        final List<Line> lines = new ArrayList<>();
        for (final String line : row.list("lines")) {
            final String[] parts = line.split("/");
            final int quantity = parts.length > 3 ? Integer.parseInt(parts[3]) : 1;
            final String id = parts.length > 4 ? parts[4] : Integer.toString(lines.size() + 1);
            final String[] seat = parts.length > 5 ? parts[5].split(":") : new String[] {""};
            final String action = seat.length > 1 ? seat[1] : seat[0].isEmpty() ? "" : "reserve";
            final String group = seat.length > 2 ? seat[2] : "";
            final long amount = Long.parseLong(parts[2]);
            lines.add(new Line(id, parts[0], parts[1], amount, quantity, seat[0], action, group));
        }
        return lines;
    }

    private static Acting acting(final ScenarioRow row, final String id) {
        final List<Long> arguments = Arrays.stream(row.list("with"))
                .map(argument -> argument.isEmpty() ? null : Long.valueOf(argument))
                .toList();
        return new Acting(
                id,
                row.name(),
                Integer.parseInt(row.words().get(2)),
                row.option("member", ""),
                row.option("group", ""),
                arguments);
    }

    private static Refunding refunding(final ScenarioRow row) {
        return new Refunding(
                row.name(),
                row.option("order", ""),
                row.option("closes", ""),
                row.option("currency", "CNY"),
                row.number("amount", 0),
                row.number("goodwill", 0) == 1,
                RefundStatus.valueOf(row.option("status", "success").toUpperCase(Locale.ROOT)),
                parts(row));
    }

    private static List<Part> parts(final ScenarioRow row) {
        return Arrays.stream(row.list("lines"))
                .map(part -> part.split("/"))
                .map(part -> new Part(part[0], Long.parseLong(part[1])))
                .toList();
    }
}
