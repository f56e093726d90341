package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.kind.CampaignKinds;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateSink;
import io.miaojie.settlement.state.StateSource;
import io.miaojie.settlement.state.StateWriter;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.ActionCommandDecoder;
import io.miaojie.wire.codec.AdvanceClockCommandDecoder;
import io.miaojie.wire.codec.AfterSaleCommandDecoder;
import io.miaojie.wire.codec.CampaignQueryDecoder;
import io.miaojie.wire.codec.CancelOrderCommandDecoder;
import io.miaojie.wire.codec.ChangeCampaignStateCommandDecoder;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.DeliveryCommandDecoder;
import io.miaojie.wire.codec.DirectoryQueryDecoder;
import io.miaojie.wire.codec.InstanceQueryDecoder;
import io.miaojie.wire.codec.OpenShardCommandDecoder;
import io.miaojie.wire.codec.OrderQueryDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.PlaceOrderCommandDecoder;
import io.miaojie.wire.codec.PoolQueryDecoder;
import io.miaojie.wire.codec.RefundCommandDecoder;
import io.miaojie.wire.codec.ReviewOrderCommandDecoder;
import io.miaojie.wire.codec.RevokeKeyCommandDecoder;
import io.miaojie.wire.codec.TickCommandDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The core: every decision about money, on one thread, in the order of the log. A message is admitted (key, id),
 * settled by the class that bears its name, and its id is bound.
 *
 * <p>Thread: settlement. Allocates: nothing for payments once the {@link #state} is reserved.
 */
public final class Settlement implements Core {
    private final State state;
    private final Call call = new Call();
    private final Admission admission;
    private final SettlePayment payment;
    private final OpenShard openShard;
    private final OrderCommands orders;
    private final CreateMerchant createMerchant;
    private final CreateKey createKey;
    private final RevokeKey revokeKey;
    private final DefineCampaign defineCampaign;
    private final ChangeCampaignState changeCampaignState;
    private final Queries queries;
    private final PeopleCommands people;
    private final Directory directory;
    private final Lookahead lookahead;
    private boolean isSettling;

    /** Makes an empty core with these bounds. */
    public Settlement(final StateLimits limits) {
        this(limits, CampaignKinds.all());
    }

    /** Makes an empty core with these bounds that knows these kinds. */
    public Settlement(final StateLimits limits, final List<CampaignKind> kinds) {
        final Replies replies = new Replies();
        state = State.empty(limits, kinds);
        admission = new Admission(state, replies);
        final Effects effects = new Effects(state);
        final OrderRoom room = OrderRoom.of(state, effects);
        payment = new SettlePayment(state, replies, room);
        orders = new OrderCommands(state, replies, room);
        openShard = new OpenShard(state, replies);
        createMerchant = new CreateMerchant(state, replies);
        createKey = new CreateKey(state, replies);
        revokeKey = new RevokeKey(state, replies);
        defineCampaign = new DefineCampaign(state, replies);
        changeCampaignState = new ChangeCampaignState(state, replies);
        queries = new Queries(state, replies);
        people = new PeopleCommands(state, replies, effects);
        directory = new Directory(state, replies);
        lookahead = new Lookahead(state);
    }

    /** Returns what each campaign kind tells of itself. */
    public static List<KindDescriptor> kinds() {
        final List<KindDescriptor> descriptors = new ArrayList<>();
        for (final CampaignKind kind : CampaignKinds.all()) {
            descriptors.add(kind.descriptor());
        }
        return List.copyOf(descriptors);
    }

    @Override
    public void foresee(final DirectBuffer in, final int inOffset, final int inLength) {
        lookahead.foresee(in, inOffset, inLength);
    }

    @Override
    public void readAhead() {
        lookahead.readAhead();
    }

    @Override
    public int settle(
            final long sequence,
            final long nowNs,
            final DirectBuffer in,
            final int inOffset,
            final int inLength,
            final MutableDirectBuffer out,
            final int outOffset) {
        assert enter();
        call.read(in, inOffset, inLength);
        call.place(sequence, nowNs, out, outOffset);
        final int answered = admission.check(call);
        final int length = answered == 0 ? decide() : answered;
        if (length > 0) {
            admission.remember(call);
        }
        assert leave();
        return length;
    }

    private int decide() {
        return switch (call.templateId()) {
            case PaymentCommandDecoder.TEMPLATE_ID -> payment.settle(call);
            case PoolQueryDecoder.TEMPLATE_ID -> queries.pool(call);
            case CampaignQueryDecoder.TEMPLATE_ID -> queries.campaign(call);
            case DirectoryQueryDecoder.TEMPLATE_ID -> directory.answer(call);
            case DefineCampaignCommandDecoder.TEMPLATE_ID -> defineCampaign.settle(call);
            case ChangeCampaignStateCommandDecoder.TEMPLATE_ID -> changeCampaignState.settle(call);
            case CreateMerchantCommandDecoder.TEMPLATE_ID -> createMerchant.settle(call);
            case CreateKeyCommandDecoder.TEMPLATE_ID -> createKey.settle(call);
            case RevokeKeyCommandDecoder.TEMPLATE_ID -> revokeKey.settle(call);
            case OpenShardCommandDecoder.TEMPLATE_ID -> openShard.settle(call);
            case TickCommandDecoder.TEMPLATE_ID,
                    PlaceOrderCommandDecoder.TEMPLATE_ID,
                    CancelOrderCommandDecoder.TEMPLATE_ID,
                    AfterSaleCommandDecoder.TEMPLATE_ID,
                    ReviewOrderCommandDecoder.TEMPLATE_ID,
                    RefundCommandDecoder.TEMPLATE_ID,
                    DeliveryCommandDecoder.TEMPLATE_ID,
                    AdvanceClockCommandDecoder.TEMPLATE_ID,
                    OrderQueryDecoder.TEMPLATE_ID,
                    ActionCommandDecoder.TEMPLATE_ID,
                    InstanceQueryDecoder.TEMPLATE_ID -> orders.settle(call);
            default -> people.settle(call);
        };
    }

    @Override
    public long timeNs(final long nowNs, final DirectBuffer in, final int inOffset) {
        return orders.timeNs(nowNs, in, inOffset);
    }

    @Override
    public long nextDeadlineNs() {
        return state.timers().nextDeadlineNs();
    }

    @Override
    public void save(final StateSink sink) {
        final StateWriter out = new StateWriter(sink);
        state.save(out);
        out.flush();
    }

    @Override
    public void load(final StateSource source) {
        state.load(new StateReader(source));
    }

    /** Returns the state, to be read by whoever verifies it. */
    public State state() {
        return state;
    }

    /** Two calls at once, or one after a call that threw, find the door shut. */
    private boolean enter() {
        final boolean isFree = !isSettling;
        isSettling = true;
        return isFree;
    }

    private boolean leave() {
        isSettling = false;
        return true;
    }
}
