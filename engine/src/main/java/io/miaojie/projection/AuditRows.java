package io.miaojie.projection;

import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.ActionCommandDecoder;
import io.miaojie.wire.codec.AdjustPoolCommandDecoder;
import io.miaojie.wire.codec.BindReferrerCommandDecoder;
import io.miaojie.wire.codec.ChangeCampaignStateCommandDecoder;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.DecideWithdrawalCommandDecoder;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.DefinePayoutTermsCommandDecoder;
import io.miaojie.wire.codec.DefineRiskRulesCommandDecoder;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.FundCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.ReviewOrderCommandDecoder;
import io.miaojie.wire.codec.RevokeKeyCommandDecoder;
import io.miaojie.wire.codec.RiskVerdict;
import org.agrona.DirectBuffer;

/**
 * Rows of the audit: who did which write of an operator or administrator, refused ones too. A command that is not named
 * here is no such write.
 */
final class AuditRows {
    private static final int CODE_OFFSET = 5;
    private static final int NODE_KEY_INDEX = 0;
    private static final int NONE = -1;

    private final TableRows rows = TableRows.added(
            "audit",
            "sequence bigint",
            "at_ns bigint",
            "key_index integer",
            "merchant_index integer",
            "code integer",
            "action text",
            "subject text",
            "actor text");
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnvelopeDecoder envelope = new EnvelopeDecoder();
    private final DefinedOutcomeDecoder defined = new DefinedOutcomeDecoder();
    private final SbeText text = new SbeText();
    private final KeyOwners keyOwners;

    AuditRows(final KeyOwners keyOwners) {
        this.keyOwners = keyOwners;
    }

    /** Adds the row of a record, if it is such a write. Called when the key that it may have made is known. */
    void add(final DirectBuffer buffer, final int offset) {
        final int at = RecordLayout.commandOffset(offset);
        header.wrap(buffer, at);
        switch (header.templateId()) {
            case CreateMerchantCommandDecoder.TEMPLATE_ID -> {
                final CreateMerchantCommandDecoder command = new CreateMerchantCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header).wrapId(text.view());
                final String id = text.text();
                command.skipName();
                command.wrapActor(text.view());
                add(buffer, offset, "merchant.create", id);
            }
            case CreateKeyCommandDecoder.TEMPLATE_ID -> {
                final CreateKeyCommandDecoder command = new CreateKeyCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header).wrapId(text.view());
                final String id = text.text();
                command.skipMerchantId();
                command.skipStoreId();
                command.wrapActor(text.view());
                add(buffer, offset, "key.create", id);
            }
            case RevokeKeyCommandDecoder.TEMPLATE_ID -> {
                final RevokeKeyCommandDecoder command = new RevokeKeyCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header).wrapId(text.view());
                final String id = text.text();
                command.skipMerchantId();
                command.wrapActor(text.view());
                add(buffer, offset, "key.revoke", id);
            }
            case DefineCampaignCommandDecoder.TEMPLATE_ID -> addCampaign(buffer, offset);
            case ChangeCampaignStateCommandDecoder.TEMPLATE_ID -> {
                final ChangeCampaignStateCommandDecoder command = new ChangeCampaignStateCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header).skipRequestId();
                command.wrapId(text.view());
                final String id = text.text();
                command.wrapActor(text.view());
                add(buffer, offset, action(command), id);
            }
            default -> addMoney(buffer, offset);
        }
    }

    /** Adds the row of a write by which an operator moves money or binds a member. */
    private void addMoney(final DirectBuffer buffer, final int offset) {
        final int at = RecordLayout.commandOffset(offset);
        switch (header.templateId()) {
            case BindReferrerCommandDecoder.TEMPLATE_ID -> {
                final BindReferrerCommandDecoder command = new BindReferrerCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header).skipRequestId();
                command.wrapMemberId(text.view());
                final String id = text.text();
                command.skipReferrerId();
                command.wrapActor(text.view());
                add(buffer, offset, "member.bind", id);
            }
            case DecideWithdrawalCommandDecoder.TEMPLATE_ID -> {
                final DecideWithdrawalCommandDecoder command = new DecideWithdrawalCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header).skipRequestId();
                command.wrapWithdrawalId(text.view());
                final String id = text.text();
                command.wrapActor(text.view());
                final boolean isApproval = command.decision() == Decision.APPROVE;
                add(buffer, offset, isApproval ? "withdrawal.approve" : "withdrawal.reject", id);
            }
            case AdjustPoolCommandDecoder.TEMPLATE_ID -> {
                final AdjustPoolCommandDecoder command = new AdjustPoolCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header).wrapId(text.view());
                final String id = text.text();
                command.skipMemberId();
                command.skipReason();
                command.wrapActor(text.view());
                add(buffer, offset, "pool.adjust", id);
            }
            case FundCommandDecoder.TEMPLATE_ID -> {
                final FundCommandDecoder command = new FundCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header).wrapId(text.view());
                final String id = text.text();
                command.skipFunder();
                command.wrapActor(text.view());
                add(buffer, offset, "account.fund", id);
            }
            case DefinePayoutTermsCommandDecoder.TEMPLATE_ID -> {
                final DefinePayoutTermsCommandDecoder command = new DefinePayoutTermsCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header).wrapId(text.view());
                final String id = text.text();
                command.wrapActor(text.view());
                add(buffer, offset, "payout_terms.define", id);
            }
            case ActionCommandDecoder.TEMPLATE_ID -> {
                final ActionCommandDecoder command = new ActionCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header);
                command.arguments().forEach(ActionCommandDecoder.ArgumentsDecoder::sbeSkip);
                command.skipId();
                command.wrapCampaignId(text.view());
                final String id = text.text();
                command.skipMemberId();
                command.skipGroupId();
                command.wrapActor(text.view());
                if (text.textOrNull() != null) {
                    add(buffer, offset, "campaign.act", id);
                }
            }
            default -> addRisk(buffer, offset);
        }
    }

    /** Adds the row of a write about rules of risk, or about an order that they held. */
    private void addRisk(final DirectBuffer buffer, final int offset) {
        final int at = RecordLayout.commandOffset(offset);
        switch (header.templateId()) {
            case ReviewOrderCommandDecoder.TEMPLATE_ID -> {
                final ReviewOrderCommandDecoder command = new ReviewOrderCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header).skipRequestId();
                command.wrapOrderId(text.view());
                final String id = text.text();
                command.wrapActor(text.view());
                final boolean isReleased = command.verdict() == RiskVerdict.RELEASE;
                add(buffer, offset, isReleased ? "order.release" : "order.reject", id);
            }
            case DefineRiskRulesCommandDecoder.TEMPLATE_ID -> {
                final DefineRiskRulesCommandDecoder command = new DefineRiskRulesCommandDecoder();
                command.wrapAndApplyHeader(buffer, at, header);
                command.rules().forEach(each -> {});
                command.wrapId(text.view());
                final String id = text.text();
                command.wrapActor(text.view());
                add(buffer, offset, "risk_rules.define", id);
            }
            default -> {}
        }
    }

    TableRows table() {
        return rows;
    }

    private void addCampaign(final DirectBuffer buffer, final int offset) {
        final DefineCampaignCommandDecoder command = new DefineCampaignCommandDecoder();
        command.wrapAndApplyHeader(buffer, RecordLayout.commandOffset(offset), header);
        command.scalars().forEach(each -> {});
        command.cells().forEach(each -> {});
        command.ids().forEach(each -> each.skipId());
        command.stores().forEach(each -> each.skipId());
        command.channels().forEach(each -> each.skipId());
        command.wrapId(text.view());
        final String id = text.text();
        command.skipFunder();
        command.skipMetadata();
        command.skipExclusiveGroup();
        command.wrapActor(text.view());
        add(buffer, offset, command.expectedVersion() == 0 ? "campaign.create" : "campaign.change", id);
    }

    private void add(final DirectBuffer buffer, final int offset, final String action, final String subject) {
        final int outcome = RecordLayout.outcomeOffset(buffer, offset);
        envelope.wrap(buffer, RecordLayout.commandOffset(offset) + MessageHeaderDecoder.ENCODED_LENGTH);
        rows.row(RecordLayout.shard(buffer, offset))
                .bigint(RecordLayout.sequence(buffer, offset))
                .bigint(RecordLayout.nowNs(buffer, offset))
                .integer(envelope.keyIndex())
                .indexOrNull(merchantIndex(buffer, outcome, action))
                .integer(buffer.getShort(outcome + CODE_OFFSET) & 0xFFFF)
                .text(action)
                .text(subject)
                .textOrNull(text.view());
    }

    /** Returns the merchant that the write is about; -1 when the node's own key was refused something. */
    private int merchantIndex(final DirectBuffer buffer, final int outcome, final String action) {
        header.wrap(buffer, outcome);
        if (header.templateId() == DefinedOutcomeDecoder.TEMPLATE_ID) {
            defined.wrapAndApplyHeader(buffer, outcome, header);
            return action.equals("merchant.create") ? defined.index() : defined.merchantIndex();
        }
        return envelope.keyIndex() == NODE_KEY_INDEX ? NONE : keyOwners.merchant(envelope.keyIndex());
    }

    private static String action(final ChangeCampaignStateCommandDecoder command) {
        return switch (command.state()) {
            case ACTIVE -> "campaign.activate";
            case PAUSED -> "campaign.pause";
            case CLOSED -> "campaign.close";
            default -> throw new ProjectionException("no state of a campaign: state=" + command.stateRaw());
        };
    }
}
