package io.miaojie.simulation;

import io.miaojie.wire.codec.AfterSaleState;
import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.RefundStatus;
import io.miaojie.wire.codec.RiskVerdict;
import io.miaojie.wire.codec.Role;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** One command as plain data: what a story tells to the core (as bytes) and to the model (as it is). */
sealed interface Deed {
    Head head();

    /** Returns the command as bytes. */
    UnsafeBuffer encode();

    /** Lets the model decide it. */
    void tell(NaiveModel model);

    /**
     * Who sends what under which id.
     *
     * @param key place of the API key
     * @param space whose ids these are: the merchant, or the node
     * @param id bound together with space and type
     * @param atNs business time, 0: none
     */
    record Head(int key, String space, String id, long atNs) {}

    /** A line of an order or payment, and the campaign that sells it; empty: none. */
    record Line(
            String id,
            String sku,
            String category,
            long amount,
            int quantity,
            String campaign,
            String action,
            String group) {
        Line(final String id, final String sku, final String category, final long amount, final int quantity) {
            this(id, sku, category, amount, quantity, "", "", "");
        }
    }

    /** A line of a refund (minor units) or delivery (count). */
    record Part(String line, long amount) {}

    /** A merchant. */
    record Merchant(Head head, int offsetMinutes, String currency, BindingMode mode, int days, int capPpm)
            implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return DefinitionWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** An API key. */
    record MakeKey(Head head, String keyId, String merchant, Role role, String store) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return DefinitionWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** The end of an API key. */
    record RevokeKey(Head head, String keyId, String merchant) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return DefinitionWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /**
     * A campaign version.
     *
     * @param budgets amount, count, per day, per member; -1: unbounded
     * @param scalars by place of the term
     * @param rows of the kind's table, by place of the term; -1: not given
     * @param lists by place of the term
     */
    record Define(
            Head head,
            String campaign,
            int after,
            int kind,
            String currency,
            long startsNs,
            long endsNs,
            List<Long> budgets,
            int priority,
            String group,
            HoldPolicy hold,
            int holdDays,
            int instantPpm,
            String funder,
            Map<Integer, Long> scalars,
            Map<Integer, List<List<Long>>> rows,
            Map<Integer, List<String>> lists,
            List<String> stores,
            List<String> channels)
            implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return DefinitionWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** A campaign pauses, goes on, or closes for good. */
    record ChangeState(Head head, String campaign, CampaignState state) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return DefinitionWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /**
     * A payment.
     *
     * @param payer number of the payer's identity, 0: none
     * @param random low half of the random bytes, 0: none are given
     * @param signals the device and the address that it was sent from, each by its type and a number
     */
    record Pay(
            Head head,
            long amount,
            long shipping,
            String currency,
            Instalment instalment,
            List<Line> lines,
            String order,
            String member,
            String channel,
            String store,
            String clerk,
            String token,
            long payer,
            long random,
            List<String> signals)
            implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return FactWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** A checkout. */
    record Place(
            Head head,
            long shipping,
            long poolSpend,
            int payWithinS,
            String currency,
            List<Line> lines,
            String member,
            String channel,
            String store,
            String clerk,
            String token)
            implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return FactWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** An operator asks a campaign, or a group of it, for something: of this number, with pieces or without. */
    record Act(Head head, String campaign, String group, int action, Long pieces) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RequestWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** A checkout that is called off. */
    record Cancel(Head head, String order) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RequestWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** An after-sale that begins or ends. */
    record AfterSale(Head head, String order, AfterSaleState state) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RequestWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** What a channel says of a refund. */
    record Refund(
            Head head,
            long amount,
            String currency,
            RefundStatus status,
            boolean isGoodwill,
            List<Part> parts,
            String order,
            String refundOrder)
            implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return FactWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** Goods received. */
    record Deliver(Head head, String order, List<Part> parts) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return FactWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** A member; identities are numbers, each above 0. */
    record Register(
            Head head, long boundAtNs, List<Long> identities, String referrer, String visitor, int roles, long random)
            implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return FactWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** An operator binds a member anew; to nobody when the referrer is empty. */
    record Bind(Head head, String member, String referrer) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RequestWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** Where share links may lead. */
    record Target(Head head, String url) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return DefinitionWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** A share link. */
    record Link(Head head, String token, String owner, String target, String campaign, String channel, long expiresNs)
            implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return DefinitionWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** A share link was opened, by a member or by a visitor. */
    record Touch(Head head, String token, String visitor, String member) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return FactWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** A member wants money out. */
    record Withdraw(Head head, long amount, String currency, String member, String payee) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RequestWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** An operator says what may be drawn out, and what it costs. */
    record DefinePayouts(Head head, String currency, World.PayoutTerms terms) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return DefinitionWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** What orders and payouts are judged by from now on. */
    record DefineRisk(Head head, long reviewNs, RiskVerdict atEnd, List<NaiveRisk.Rule> rules) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RiskWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** An operator decides on an order that is held. */
    record Review(Head head, String order, RiskVerdict verdict) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RiskWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** An operator lets it go, or not. */
    record Decide(Head head, String withdrawal, Decision decision) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RequestWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** The fence before the channel is called. */
    record Submit(Head head, String withdrawal) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RequestWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** What the channel says of a withdrawal. */
    record Report(Head head, String withdrawal, WithdrawalState state) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RequestWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** An operator corrects a bucket. */
    record Adjust(Head head, long amount, String currency, String member, Bucket bucket) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RequestWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** A funding; mode may be absent: null. */
    record Fund(Head head, long amount, String currency, String funder, FundingMode mode) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RequestWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }

    /** The clock of a sandbox goes on, by a span or to a time. */
    record Clock(Head head, long advanceNs, long toNs) implements Deed {
        @Override
        public UnsafeBuffer encode() {
            return RequestWords.of(this);
        }

        @Override
        public void tell(final NaiveModel model) {
            model.settle(this);
        }
    }
}
