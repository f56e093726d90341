package io.miaojie.projection;

import io.miaojie.support.MemoryJournal;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectsWriter;
import io.miaojie.wire.IdSource;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.ChangeCampaignStateCommandEncoder;
import io.miaojie.wire.codec.CreateKeyCommandEncoder;
import io.miaojie.wire.codec.CreateMerchantCommandEncoder;
import io.miaojie.wire.codec.DefineCampaignCommandEncoder;
import io.miaojie.wire.codec.DefinedOutcomeEncoder;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OpenShardCommandEncoder;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.PaymentCommandEncoder;
import io.miaojie.wire.codec.PaymentStatus;
import io.miaojie.wire.codec.RefusedOutcomeEncoder;
import io.miaojie.wire.codec.RevokeKeyCommandEncoder;
import io.miaojie.wire.codec.Role;
import io.miaojie.wire.codec.TickCommandEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes records as the engine would, with outcomes made up here: one merchant, one key, campaigns of three grants for
 * each payment (buyer and two inviters), pools that add up.
 */
final class History {
    static final long T0_NS = 1_700_000_000_000_000_000L;
    static final int CNY = Currencies.byCode("CNY").number();
    private static final int GRANT_COUNT = 3;

    private final MemoryJournal journal;
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[64 * 1024]);
    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[64 * 1024]);
    private final EffectsWriter effects = new EffectsWriter();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Map<Integer, Long> spendable = new HashMap<>();
    private long sequence;
    private int memberCount;
    private int orderCount;

    History(final MemoryJournal journal) {
        this.journal = journal;
        this.sequence = journal.durableSequence();
    }

    /** Writes shard, merchant, key and one campaign: four records. */
    History open() {
        openShard();
        merchant(0, "m1", "Tea & 茶");
        key(1, "k1");
        campaign(0, 1, "c1");
        return this;
    }

    long openShard() {
        final OpenShardCommandEncoder command = new OpenShardCommandEncoder();
        command.wrapAndApplyHeader(record, commandOffset(), header)
                .shard((short) 0)
                .sandbox((short) 1);
        command.envelope().keyIndex(0).atNs(0);
        return defined(command.encodedLength(), 0, -1, 0, CampaignState.NULL_VAL);
    }

    long merchant(final int index, final String id, final String name) {
        final CreateMerchantCommandEncoder command = new CreateMerchantCommandEncoder();
        command.wrapAndApplyHeader(record, commandOffset(), header)
                .utcOffsetMinutes((short) 480)
                .currency(CNY);
        command.putId(bytes(id), 0, id.length())
                .putName(bytes(name), 0, bytes(name).length)
                .putActor(bytes("ops"), 0, 3);
        return defined(command.encodedLength(), index, -1, 0, CampaignState.NULL_VAL);
    }

    long key(final int index, final String id) {
        final CreateKeyCommandEncoder command = new CreateKeyCommandEncoder();
        command.wrapAndApplyHeader(record, commandOffset(), header).role(Role.INGEST);
        command.putId(bytes(id), 0, id.length())
                .putMerchantId(bytes("m1"), 0, 2)
                .putStoreId(bytes("s1"), 0, 2)
                .putActor(bytes(""), 0, 0);
        return defined(command.encodedLength(), index, 0, 0, CampaignState.NULL_VAL);
    }

    long revoke(final int index, final String id) {
        final RevokeKeyCommandEncoder command = new RevokeKeyCommandEncoder();
        command.wrapAndApplyHeader(record, commandOffset(), header);
        command.putId(bytes(id), 0, id.length())
                .putMerchantId(bytes("m1"), 0, 2)
                .putActor(bytes("ops"), 0, 3);
        return defined(command.encodedLength(), index, 0, 0, CampaignState.NULL_VAL);
    }

    long campaign(final int index, final int version, final String id) {
        final DefineCampaignCommandEncoder command = new DefineCampaignCommandEncoder();
        command.wrapAndApplyHeader(record, commandOffset(), header)
                .expectedVersion(version - 1)
                .kind((short) 1)
                .currency(CNY)
                .startsAtNs(0)
                .endsAtNs(T0_NS + 1)
                .budgetAmountMinor(1_000)
                .budgetCount(-1)
                .budgetPerDayMinor(-1)
                .budgetPerMemberMinor(0);
        command.envelope().keyIndex(1);
        command.scalarsCount(1).next().term((short) 0).value(10_000);
        command.cellsCount(2)
                .next()
                .term((short) 1)
                .row(0)
                .column((short) 0)
                .value(100)
                .next()
                .term((short) 1)
                .row(1)
                .column((short) 1)
                .value(200);
        command.idsCount(1).next().term((short) 2).putId(bytes("A\"1"), 0, 3);
        command.storesCount(1).next().putId(bytes("s1"), 0, 2);
        command.channelsCount(0);
        command.putId(bytes(id), 0, id.length())
                .putFunder(bytes("platform"), 0, 8)
                .putMetadata(bytes("{}"), 0, 2)
                .putActor(bytes("ann"), 0, 3);
        return defined(command.encodedLength(), index, 0, version, CampaignState.ACTIVE);
    }

    long campaignState(final int index, final CampaignState state) {
        final ChangeCampaignStateCommandEncoder command = new ChangeCampaignStateCommandEncoder();
        command.wrapAndApplyHeader(record, commandOffset(), header).state(state);
        command.putRequestId(bytes("r"), 0, 1).putId(bytes("c1"), 0, 2).putActor(bytes("ann"), 0, 3);
        return defined(command.encodedLength(), index, 0, 1, state);
    }

    long tick(final int campaignIndex, final CampaignState state) {
        final EffectsWriter writer = effects();
        writer.note(EffectNote.CAMPAIGN, campaignIndex, state.value());
        return settled(tickCommand(), 0, writer);
    }

    long refused() {
        final RefusedOutcomeEncoder refused = new RefusedOutcomeEncoder();
        refused.wrapAndApplyHeader(outcome, 0, header).code(ResultCode.MERCHANT_EXISTS.number());
        return journaled(tickCommand(), refused.encodedLength() + MessageHeaderEncoder.ENCODED_LENGTH);
    }

    /** Writes a record whose outcome is of a type that does not exist. */
    long unknown() {
        header.wrap(outcome, 0)
                .blockLength(0)
                .templateId((short) 190)
                .schemaId((short) 77)
                .version((short) 0);
        return journaled(tickCommand(), MessageHeaderEncoder.ENCODED_LENGTH);
    }

    /** Writes payments with three grants each, to this member and the two before. */
    History payments(final int count, final int memberMax) {
        for (int i = 0; i < count; i++) {
            payment(i % memberMax);
        }
        return this;
    }

    long payment(final int member) {
        final boolean isNew = member >= memberCount;
        memberCount = Math.max(memberCount, member + 1);
        final int commandLength = paymentCommand("p" + sequence, "o" + orderCount, "u" + member);
        final EffectsWriter writer = effects();
        if (isNew) {
            writer.memberHead(EffectsWriter.MEMBER_MADE, member, IdSource.NONE);
            writer.memberReferrer(-1, IdSource.NONE, 0);
        }
        final int[] pools = new int[GRANT_COUNT];
        for (int level = 0; level < GRANT_COUNT; level++) {
            spendable.merge(Math.max(0, member - level), 100L - level, Long::sum);
        }
        for (int level = 0; level < GRANT_COUNT; level++) {
            final int beneficiary = Math.max(0, member - level);
            pools[level] = level > 0 && beneficiary == Math.max(0, member - level + 1)
                    ? pools[level - 1]
                    : pool(writer, beneficiary);
        }
        writer.order(OrderState.PAID.value(), true, orderCount++, member);
        for (int level = 0; level < GRANT_COUNT; level++) {
            writer.grant(level, 0, pools[level], 100 - level);
        }
        return settled(commandLength, PaymentStatus.CAPTURED.value(), writer);
    }

    private int pool(final EffectsWriter writer, final int member) {
        final long[] balances = new long[5];
        balances[Bucket.SPENDABLE.value()] = spendable.get(member);
        return writer.pool(member, IdSource.NONE, balances, 0);
    }

    /** Writes a payment whose lines do not add up, with one grant. */
    long oddPayment(final int member) {
        memberCount = Math.max(memberCount, member + 1);
        final int commandLength = paymentCommand("p" + sequence, "o" + orderCount, "u" + member);
        spendable.merge(member, 100L, Long::sum);
        final EffectsWriter writer = effects();
        writer.memberHead(EffectsWriter.MEMBER_MADE, member, IdSource.NONE);
        writer.memberReferrer(-1, IdSource.NONE, 0);
        final int pool = pool(writer, member);
        writer.order(OrderState.PAID.value(), true, orderCount++, member);
        writer.grant(0, 0, pool, 100);
        writer.skip(0, -1, ResultCode.LINES_MISMATCH.number());
        return settled(commandLength, PaymentStatus.CAPTURED.value(), writer);
    }

    /** Writes a payment without a member: nothing is granted. */
    long strangerPayment() {
        final int commandLength = paymentCommand("p" + sequence, "o" + orderCount, "");
        final EffectsWriter writer = effects();
        writer.order(OrderState.PAID.value(), false, orderCount++, -1);
        writer.skip(0, 0, ResultCode.CAMPAIGN_PAUSED.number());
        writer.skip(2, -1, ResultCode.NO_MEMBER.number());
        return settled(commandLength, PaymentStatus.DUPLICATE_REFUND_DUE.value(), writer);
    }

    long spendableMinor() {
        return spendable.values().stream().mapToLong(Long::longValue).sum();
    }

    void commit() {
        journal.commit();
    }

    EffectsWriter effects() {
        return effects.begin();
    }

    long settled(final int commandLength, final int status, final EffectsWriter writer) {
        return journaled(commandLength, writer.putOutcome(outcome, 0, 0, CNY, status));
    }

    int tickCommand() {
        final TickCommandEncoder command = new TickCommandEncoder();
        command.wrapAndApplyHeader(record, commandOffset(), header);
        return command.encodedLength() + MessageHeaderEncoder.ENCODED_LENGTH;
    }

    private int paymentCommand(final String id, final String orderId, final String memberId) {
        final PaymentCommandEncoder command = new PaymentCommandEncoder();
        command.wrapAndApplyHeader(record, commandOffset(), header)
                .amountMinor(10_000)
                .shippingMinor(0)
                .currency(CNY)
                .instalment(Instalment.FULL);
        command.envelope().keyIndex(1).fingerprint(-7).atNs(T0_NS);
        command.linesCount(1)
                .next()
                .amountMinor(10_000)
                .quantity(1)
                .putLineId(bytes("1"), 0, 1)
                .putSku(bytes("A"), 0, 1)
                .putCategory(bytes("tea"), 0, 3)
                .putSellerId(bytes(""), 0, 0);
        command.putId(bytes(id), 0, id.length())
                .putSource(bytes(""), 0, 0)
                .putOrderId(bytes(orderId), 0, orderId.length())
                .putMemberId(bytes(memberId), 0, memberId.length())
                .putChannel(bytes("pos"), 0, 3)
                .putStoreId(bytes(""), 0, 0)
                .putClerkId(bytes(""), 0, 0)
                .putShareToken(bytes(""), 0, 0)
                .putMetadata(bytes(""), 0, 0);
        return command.encodedLength() + MessageHeaderEncoder.ENCODED_LENGTH;
    }

    long defined(
            final int commandLength,
            final int index,
            final int merchantIndex,
            final int version,
            final CampaignState state) {
        final DefinedOutcomeEncoder defined = new DefinedOutcomeEncoder();
        defined.wrapAndApplyHeader(outcome, 0, header)
                .code(0)
                .index(index)
                .merchantIndex(merchantIndex)
                .version(version)
                .state(state);
        return journaled(
                commandLength + MessageHeaderEncoder.ENCODED_LENGTH,
                defined.encodedLength() + MessageHeaderEncoder.ENCODED_LENGTH);
    }

    private long journaled(final int commandLength, final int outcomeLength) {
        record.putBytes(commandOffset() + commandLength, outcome, 0, outcomeLength);
        sequence++;
        RecordLayout.putHeader(record, 0, commandLength, outcomeLength, 0, sequence, T0_NS + sequence * 1_000);
        journal.append(record, 0, RecordLayout.HEADER_LENGTH + commandLength + outcomeLength);
        return sequence;
    }

    UnsafeBuffer record() {
        return record;
    }

    long nextSequence() {
        return sequence + 1;
    }

    static int commandOffset() {
        return RecordLayout.commandOffset(0);
    }

    static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
