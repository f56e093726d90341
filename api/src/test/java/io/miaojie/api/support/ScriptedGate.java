package io.miaojie.api.support;

import io.miaojie.api.directory.Text;
import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.message.form.Forms;
import io.miaojie.gate.AnswerType;
import io.miaojie.gate.Gate;
import io.miaojie.gate.SubmitCode;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectsWriter;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.AccountsQueryDecoder;
import io.miaojie.wire.codec.CampaignAnswerEncoder;
import io.miaojie.wire.codec.CampaignQueryDecoder;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.ChangeCampaignStateCommandDecoder;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.DefineTargetCommandDecoder;
import io.miaojie.wire.codec.DefinedOutcomeEncoder;
import io.miaojie.wire.codec.DirectoryAnswerEncoder;
import io.miaojie.wire.codec.DirectoryQueryDecoder;
import io.miaojie.wire.codec.DirectoryType;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MemberQueryDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OpenShardCommandEncoder;
import io.miaojie.wire.codec.OrderQueryDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.PoolAnswerEncoder;
import io.miaojie.wire.codec.PoolQueryDecoder;
import io.miaojie.wire.codec.RefusedAnswerEncoder;
import io.miaojie.wire.codec.RefusedOutcomeEncoder;
import io.miaojie.wire.codec.RevokeKeyCommandDecoder;
import io.miaojie.wire.codec.RiskRulesQueryDecoder;
import io.miaojie.wire.codec.TickCommandEncoder;
import io.miaojie.wire.codec.WithdrawalQueryDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A gate with the manners of the engine and none of its rules: every payment of a member earns 1 from the first open
 * campaign. Answers at once, or when told to; refuses when told to.
 */
public final class ScriptedGate implements Gate {
    private record Decided(long fingerprint, long sequence, byte[] command, byte[] outcome) {}

    private record Held(long token, AnswerType type, long sequence, byte[] bytes) {}

    private static final MessageHeaderDecoder HEADER = new MessageHeaderDecoder();

    private final ReplyRouter router;
    private final ScriptedLog log = new ScriptedLog();
    private final List<byte[]> merchants = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>(List.of(new byte[0]));
    private final List<Integer> keyMerchants = new ArrayList<>(List.of(-1));
    private final List<byte[]> campaigns = new ArrayList<>();
    private final List<byte[]> targets = new ArrayList<>();
    private final List<byte[]> links = new ArrayList<>();
    private final ScriptedOutcomes outcomes = new ScriptedOutcomes();
    private final Map<String, Decided> decided = new HashMap<>();
    private final Map<String, Long> pools = new HashMap<>();
    private final Deque<Held> held = new ArrayDeque<>();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[300_000]);
    private final byte[] shard;
    private SubmitCode next = SubmitCode.ACCEPTED;
    private int refusals;
    private boolean isHolding;
    private long sequence = 1;
    private long submissions;
    private int length;

    public ScriptedGate(final ReplyRouter router) {
        this.router = router;
        final OpenShardCommandEncoder open =
                new OpenShardCommandEncoder().wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        open.envelope().keyIndex(0).digestHigh(0).digestLow(0).fingerprint(0).atNs(0);
        open.shard((short) 0)
                .sandbox((short) 1)
                .clockFollowsEvents((short) 0)
                .digestKeyHigh(7)
                .digestKeyLow(11);
        shard = bytes(MessageHeaderEncoder.ENCODED_LENGTH + open.encodedLength());
        defined(0, -1, 0, CampaignState.NULL_VAL);
        log.append(shard, bytes(length));
    }

    /** Returns the records of what was decided. */
    public ScriptedLog log() {
        return log;
    }

    /** Refuses this many submissions with this code. */
    public synchronized void refuse(final SubmitCode code, final int count) {
        next = code;
        refusals = count;
    }

    /** Keeps answers back until {@link #release}. */
    public synchronized void hold() {
        isHolding = true;
    }

    /** Hands over what was kept back, last first or first first. */
    public synchronized void release(final boolean isReversed) {
        isHolding = false;
        while (!held.isEmpty()) {
            reply(isReversed ? held.pollLast() : held.pollFirst());
        }
        router.onEndOfBatch();
    }

    public synchronized int heldCount() {
        return held.size();
    }

    /** Returns how many commands were decided. */
    public synchronized long sequence() {
        return sequence;
    }

    /** Returns how many submissions came, refused ones too. */
    public synchronized long submissions() {
        return submissions;
    }

    /** Tells the sink that a tick closed the campaign at this place. */
    public void closeByTick(final int campaignIndex) {
        tick(effects -> effects.note(EffectNote.CAMPAIGN, campaignIndex, CampaignState.CLOSED.value()));
    }

    /** Tells the sink of a tick with these effects. */
    public synchronized void tick(final Consumer<EffectsWriter> effects) {
        final EffectsWriter writer = new EffectsWriter().begin();
        effects.accept(writer);
        final byte[] outcome = bytes(writer.putOutcome(out, 0, 0, 0, 0));
        final TickCommandEncoder command =
                new TickCommandEncoder().wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        command.envelope().keyIndex(0).digestHigh(0).digestLow(0).fingerprint(0).atNs(0);
        log.append(bytes(MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength()), outcome);
        router.onOutcome(0, AnswerType.OUTCOME, ++sequence, new UnsafeBuffer(outcome), 0, outcome.length);
    }

    @Override
    public synchronized SubmitCode submit(
            final long token, final DirectBuffer message, final int offset, final int count) {
        submissions++;
        if (refusals > 0) {
            refusals--;
            return next;
        }
        if (count > 256 * 1024) {
            return SubmitCode.TOO_LONG;
        }
        final byte[] command = new byte[count];
        message.getBytes(offset, command);
        final UnsafeBuffer in = new UnsafeBuffer(command);
        final EnvelopeDecoder envelope = new EnvelopeDecoder().wrap(in, MessageHeaderDecoder.ENCODED_LENGTH);
        final String digest = envelope.digestHigh() + ":" + envelope.digestLow();
        final Decided first = decided.get(digest);
        if ("0:0".equals(digest)) {
            query(in);
            answer(new Held(token, AnswerType.ANSWER, sequence, bytes(length)));
        } else if (first == null) {
            decide(in, envelope.keyIndex());
            final byte[] outcome = bytes(length);
            log.append(command, outcome);
            decided.put(digest, new Decided(envelope.fingerprint(), ++sequence, command, outcome));
            answer(new Held(token, AnswerType.OUTCOME, sequence, outcome));
        } else if (first.fingerprint == envelope.fingerprint()) {
            answer(new Held(token, AnswerType.REPEAT, first.sequence, first.outcome));
        } else {
            answer(new Held(token, AnswerType.CONFLICT, first.sequence, first.command));
        }
        return SubmitCode.ACCEPTED;
    }

    private void answer(final Held answer) {
        if (isHolding) {
            held.add(answer);
        } else {
            reply(answer);
            router.onEndOfBatch();
        }
    }

    private void reply(final Held answer) {
        router.onOutcome(
                answer.token, answer.type, answer.sequence, new UnsafeBuffer(answer.bytes), 0, answer.bytes.length);
    }

    private void decide(final UnsafeBuffer in, final int keyIndex) {
        final int merchant = keyMerchants.get(keyIndex);
        switch (in.getByte(2)) {
            case CreateMerchantCommandDecoder.TEMPLATE_ID -> define(merchants, in, merchants.size(), 0);
            case CreateKeyCommandDecoder.TEMPLATE_ID -> createKey(in);
            case RevokeKeyCommandDecoder.TEMPLATE_ID -> revokeKey(in);
            case DefineCampaignCommandDecoder.TEMPLATE_ID ->
                define(
                        campaigns,
                        in,
                        merchant,
                        1
                                + new DefineCampaignCommandDecoder()
                                        .wrapAndApplyHeader(in, 0, HEADER)
                                        .expectedVersion());
            case ChangeCampaignStateCommandDecoder.TEMPLATE_ID -> changeState(in, merchant);
            case PaymentCommandDecoder.TEMPLATE_ID -> pay(in);
            case DefineTargetCommandDecoder.TEMPLATE_ID -> define(targets, in, merchant, 0);
            default -> settle(in);
        }
    }

    private void settle(final UnsafeBuffer in) {
        final Form form = Forms.of(in.getByte(2));
        if (form == Forms.SHARE_LINK) {
            links.add(in.byteArray());
        }
        length = outcomes.settle(form, in, out, !campaigns.isEmpty());
    }

    private void define(final List<byte[]> table, final UnsafeBuffer in, final int merchant, final int version) {
        table.add(in.byteArray());
        defined(table.size() - 1, merchant, version, version == 0 ? CampaignState.NULL_VAL : CampaignState.ACTIVE);
    }

    private void createKey(final UnsafeBuffer in) {
        final CreateKeyCommandDecoder key = new CreateKeyCommandDecoder().wrapAndApplyHeader(in, 0, HEADER);
        key.skipId();
        final byte[] merchantId = new byte[key.merchantIdLength()];
        key.getMerchantId(merchantId, 0, merchantId.length);
        final int merchant = merchant(new String(merchantId, StandardCharsets.US_ASCII));
        if (merchant < 0) {
            refused(ResultCode.MERCHANT_UNKNOWN);
            return;
        }
        keyMerchants.add(merchant);
        define(keys, in, merchant, 0);
    }

    private void revokeKey(final UnsafeBuffer in) {
        final RevokeKeyCommandDecoder revoked = new RevokeKeyCommandDecoder().wrapAndApplyHeader(in, 0, HEADER);
        final String id = Text.of(revoked.idLength(), revoked::getId);
        for (int i = 1; i < keys.size(); i++) {
            final CreateKeyCommandDecoder key =
                    new CreateKeyCommandDecoder().wrapAndApplyHeader(new UnsafeBuffer(keys.get(i)), 0, HEADER);
            if (Text.of(key.idLength(), key::getId).equals(id)) {
                defined(i, keyMerchants.get(i), 0, CampaignState.NULL_VAL);
                return;
            }
        }
        refused(ResultCode.KEY_UNKNOWN);
    }

    private int merchant(final String id) {
        for (int i = 0; i < merchants.size(); i++) {
            final CreateMerchantCommandDecoder merchant = new CreateMerchantCommandDecoder()
                    .wrapAndApplyHeader(new UnsafeBuffer(merchants.get(i)), 0, HEADER);
            if (Text.of(merchant.idLength(), merchant::getId).equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private int campaign(final String id) {
        return campaigns.isEmpty() || "unknown".equals(id) ? -1 : campaigns.size() - 1;
    }

    private void changeState(final UnsafeBuffer in, final int merchant) {
        final ChangeCampaignStateCommandDecoder change =
                new ChangeCampaignStateCommandDecoder().wrapAndApplyHeader(in, 0, HEADER);
        final CampaignState state = change.state();
        change.skipRequestId();
        final int index = campaign(Text.of(change.idLength(), change::getId));
        if (index < 0) {
            refused(ResultCode.CAMPAIGN_UNKNOWN);
        } else {
            defined(index, merchant, 1, state);
        }
    }

    private void pay(final UnsafeBuffer in) {
        final PaymentCommandDecoder payment = new PaymentCommandDecoder().wrapAndApplyHeader(in, 0, HEADER);
        payment.lines().forEach(line -> line.sbeSkip());
        payment.skipId();
        payment.skipSource();
        payment.skipOrderId();
        final String member = Text.of(payment.memberIdLength(), payment::getMemberId);
        final boolean earns = !campaigns.isEmpty() && !member.isEmpty();
        length = earns
                ? outcomes.earn(out, pools.merge(member, 1L, Long::sum))
                : outcomes.earnNothing(out, member.isEmpty() ? ResultCode.NO_MEMBER : ResultCode.ZERO_REWARD);
    }

    private void query(final UnsafeBuffer in) {
        switch (in.getByte(2)) {
            case DirectoryQueryDecoder.TEMPLATE_ID ->
                directory(new DirectoryQueryDecoder().wrapAndApplyHeader(in, 0, HEADER));
            case PoolQueryDecoder.TEMPLATE_ID -> pool(new PoolQueryDecoder().wrapAndApplyHeader(in, 0, HEADER));
            case CampaignQueryDecoder.TEMPLATE_ID ->
                campaign(new CampaignQueryDecoder().wrapAndApplyHeader(in, 0, HEADER));
            case OrderQueryDecoder.TEMPLATE_ID -> length = outcomes.orderAnswer(out, !campaigns.isEmpty());
            case MemberQueryDecoder.TEMPLATE_ID -> length = outcomes.memberAnswer(out);
            case WithdrawalQueryDecoder.TEMPLATE_ID -> length = outcomes.withdrawalAnswer(out);
            case RiskRulesQueryDecoder.TEMPLATE_ID -> length = outcomes.riskRulesAnswer(out);
            case AccountsQueryDecoder.TEMPLATE_ID ->
                length = outcomes.accountsAnswer(
                        out,
                        new AccountsQueryDecoder()
                                .wrapAndApplyHeader(in, 0, HEADER)
                                .from());
            default -> throw new IllegalStateException("template=" + in.getByte(2));
        }
    }

    private void directory(final DirectoryQueryDecoder query) {
        final List<byte[]> table =
                switch (query.type()) {
                    case SHARD -> List.of(shard);
                    case MERCHANT -> merchants;
                    case KEY -> keys;
                    case TARGET -> targets;
                    case LINK -> links;
                    default -> campaigns;
                };
        if (query.index() >= table.size()) {
            refusedAnswer(ResultCode.ENTRY_UNKNOWN);
            return;
        }
        final byte[] definition = table.get(query.index());
        final boolean isCampaign = query.type() == DirectoryType.CAMPAIGN;
        final DirectoryAnswerEncoder answer = new DirectoryAnswerEncoder()
                .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                .code(0)
                .type(query.type())
                .index(query.index())
                .merchantIndex(query.type() == DirectoryType.KEY ? keyMerchants.get(query.index()) : 0)
                .version(isCampaign ? 1 : 0)
                .state(isCampaign ? CampaignState.ACTIVE : CampaignState.NULL_VAL)
                .count(table.size())
                .putDefinition(definition, 0, definition.length);
        length = MessageHeaderEncoder.ENCODED_LENGTH + answer.encodedLength();
    }

    private void pool(final PoolQueryDecoder query) {
        final Long spendable = pools.get(Text.of(query.memberIdLength(), query::getMemberId));
        if (spendable == null) {
            refusedAnswer(ResultCode.MEMBER_UNKNOWN);
            return;
        }
        final PoolAnswerEncoder answer = new PoolAnswerEncoder()
                .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                .code(0)
                .memberIndex(0);
        answer.poolsCount(1)
                .next()
                .currency(156)
                .pendingMinor(0)
                .spendableMinor(spendable)
                .withdrawableMinor(0)
                .lockedMinor(0)
                .debtMinor(0);
        length = MessageHeaderEncoder.ENCODED_LENGTH + answer.encodedLength();
    }

    private void campaign(final CampaignQueryDecoder query) {
        final int index = campaign(Text.of(query.idLength(), query::getId));
        if (index < 0) {
            refusedAnswer(ResultCode.CAMPAIGN_UNKNOWN);
            return;
        }
        final CampaignAnswerEncoder answer = new CampaignAnswerEncoder()
                .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                .code(0)
                .campaignIndex(index)
                .version(1)
                .state(CampaignState.ACTIVE)
                .grantedMinor(5)
                .grantedCount(5);
        length = MessageHeaderEncoder.ENCODED_LENGTH + answer.encodedLength();
    }

    private void defined(final int index, final int merchant, final int version, final CampaignState state) {
        final DefinedOutcomeEncoder outcome = new DefinedOutcomeEncoder()
                .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                .code(0)
                .index(index)
                .merchantIndex(merchant)
                .version(version)
                .state(state);
        length = MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength();
    }

    private void refused(final ResultCode code) {
        final RefusedOutcomeEncoder outcome = new RefusedOutcomeEncoder()
                .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                .code(code.number());
        length = MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength();
    }

    private void refusedAnswer(final ResultCode code) {
        final RefusedAnswerEncoder answer = new RefusedAnswerEncoder()
                .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                .code(code.number());
        length = MessageHeaderEncoder.ENCODED_LENGTH + answer.encodedLength();
    }

    private byte[] bytes(final int count) {
        final byte[] copy = new byte[count];
        out.getBytes(0, copy);
        return copy;
    }
}
