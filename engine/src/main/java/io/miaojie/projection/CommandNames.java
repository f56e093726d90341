package io.miaojie.projection;

import io.miaojie.wire.codec.ActionCommandDecoder;
import io.miaojie.wire.codec.AdjustPoolCommandDecoder;
import io.miaojie.wire.codec.AfterSaleCommandDecoder;
import io.miaojie.wire.codec.BindReferrerCommandDecoder;
import io.miaojie.wire.codec.CancelOrderCommandDecoder;
import io.miaojie.wire.codec.DeliveryCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.PlaceOrderCommandDecoder;
import io.miaojie.wire.codec.RefundCommandDecoder;
import io.miaojie.wire.codec.RegisterMemberCommandDecoder;
import io.miaojie.wire.codec.RequestWithdrawalCommandDecoder;
import io.miaojie.wire.codec.ReviewOrderCommandDecoder;
import io.miaojie.wire.codec.TouchCommandDecoder;

/**
 * What a command calls itself, its order and its member: effects leave out the ids that their command names. Read only
 * where an effect asks for one.
 *
 * @param id of the fact or request, null: it has none
 * @param order null: the command names none
 * @param member null: the command names none
 */
record CommandNames(String id, String order, String member) {
    private static final CommandNames NONE = new CommandNames(null, null, null);

    static CommandNames of(final RecordView record) {
        final SbeText text = new SbeText();
        return switch (record.commandTemplate()) {
            case PaymentCommandDecoder.TEMPLATE_ID -> payment(record, text);
            case PlaceOrderCommandDecoder.TEMPLATE_ID -> placeOrder(record, text);
            case CancelOrderCommandDecoder.TEMPLATE_ID -> cancelOrder(record, text);
            case AfterSaleCommandDecoder.TEMPLATE_ID -> afterSale(record, text);
            case ReviewOrderCommandDecoder.TEMPLATE_ID -> review(record, text);
            case RefundCommandDecoder.TEMPLATE_ID -> refund(record, text);
            case DeliveryCommandDecoder.TEMPLATE_ID -> delivery(record, text);
            case RegisterMemberCommandDecoder.TEMPLATE_ID -> registration(record, text);
            case BindReferrerCommandDecoder.TEMPLATE_ID -> binding(record, text);
            case TouchCommandDecoder.TEMPLATE_ID -> touch(record, text);
            case RequestWithdrawalCommandDecoder.TEMPLATE_ID -> withdrawal(record, text);
            case AdjustPoolCommandDecoder.TEMPLATE_ID -> adjustment(record, text);
            case ActionCommandDecoder.TEMPLATE_ID -> action(record, text);
            default -> NONE;
        };
    }

    private static CommandNames payment(final RecordView record, final SbeText text) {
        final PaymentCommandDecoder command = new PaymentCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        command.lines().forEach(PaymentCommandDecoder.LinesDecoder::sbeSkip);
        final String id = text.of(command::wrapId);
        command.skipSource();
        final String order = text.of(command::wrapOrderId);
        return new CommandNames(id, order, text.of(command::wrapMemberId));
    }

    private static CommandNames placeOrder(final RecordView record, final SbeText text) {
        final PlaceOrderCommandDecoder command = new PlaceOrderCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        command.lines().forEach(PlaceOrderCommandDecoder.LinesDecoder::sbeSkip);
        final String id = text.of(command::wrapId);
        return new CommandNames(id, id, text.of(command::wrapMemberId));
    }

    private static CommandNames cancelOrder(final RecordView record, final SbeText text) {
        final CancelOrderCommandDecoder command = new CancelOrderCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        final String id = text.of(command::wrapRequestId);
        return new CommandNames(id, text.of(command::wrapOrderId), null);
    }

    private static CommandNames afterSale(final RecordView record, final SbeText text) {
        final AfterSaleCommandDecoder command = new AfterSaleCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        final String id = text.of(command::wrapRequestId);
        return new CommandNames(id, text.of(command::wrapOrderId), null);
    }

    private static CommandNames review(final RecordView record, final SbeText text) {
        final ReviewOrderCommandDecoder command = new ReviewOrderCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        final String id = text.of(command::wrapRequestId);
        return new CommandNames(id, text.of(command::wrapOrderId), null);
    }

    private static CommandNames refund(final RecordView record, final SbeText text) {
        final RefundCommandDecoder command = new RefundCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        command.lines().forEach(RefundCommandDecoder.LinesDecoder::sbeSkip);
        final String id = text.of(command::wrapId);
        command.skipSource();
        return new CommandNames(id, text.of(command::wrapOrderId), null);
    }

    private static CommandNames delivery(final RecordView record, final SbeText text) {
        final DeliveryCommandDecoder command = new DeliveryCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        command.lines().forEach(DeliveryCommandDecoder.LinesDecoder::sbeSkip);
        final String id = text.of(command::wrapId);
        command.skipSource();
        return new CommandNames(id, text.of(command::wrapOrderId), null);
    }

    private static CommandNames registration(final RecordView record, final SbeText text) {
        final RegisterMemberCommandDecoder command = new RegisterMemberCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        command.identities().forEach(RegisterMemberCommandDecoder.IdentitiesDecoder::sbeSkip);
        final String id = text.of(command::wrapId);
        return new CommandNames(id, null, id);
    }

    private static CommandNames binding(final RecordView record, final SbeText text) {
        final BindReferrerCommandDecoder command = new BindReferrerCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        final String id = text.of(command::wrapRequestId);
        return new CommandNames(id, null, text.of(command::wrapMemberId));
    }

    private static CommandNames touch(final RecordView record, final SbeText text) {
        final TouchCommandDecoder command = new TouchCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        final String id = text.of(command::wrapId);
        command.skipToken();
        command.skipVisitorId();
        return new CommandNames(id, null, text.of(command::wrapMemberId));
    }

    private static CommandNames withdrawal(final RecordView record, final SbeText text) {
        final RequestWithdrawalCommandDecoder command = new RequestWithdrawalCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        final String id = text.of(command::wrapId);
        return new CommandNames(id, null, text.of(command::wrapMemberId));
    }

    private static CommandNames action(final RecordView record, final SbeText text) {
        final ActionCommandDecoder command = new ActionCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        command.arguments().forEach(ActionCommandDecoder.ArgumentsDecoder::sbeSkip);
        final String id = text.of(command::wrapId);
        command.skipCampaignId();
        return new CommandNames(id, null, text.of(command::wrapMemberId));
    }

    private static CommandNames adjustment(final RecordView record, final SbeText text) {
        final AdjustPoolCommandDecoder command = new AdjustPoolCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
        final String id = text.of(command::wrapId);
        return new CommandNames(id, null, text.of(command::wrapMemberId));
    }
}
