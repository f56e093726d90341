package io.miaojie.support;

import static io.miaojie.support.Commands.bound;
import static io.miaojie.support.Commands.header;
import static io.miaojie.support.Commands.put;
import static io.miaojie.support.Commands.room;

import io.miaojie.wire.codec.AccountsQueryEncoder;
import io.miaojie.wire.codec.AdjustPoolCommandEncoder;
import io.miaojie.wire.codec.BindReferrerCommandEncoder;
import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.CreateLinkCommandEncoder;
import io.miaojie.wire.codec.CreateMerchantCommandEncoder;
import io.miaojie.wire.codec.DecideWithdrawalCommandEncoder;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.DefinePayoutTermsCommandEncoder;
import io.miaojie.wire.codec.DefineTargetCommandEncoder;
import io.miaojie.wire.codec.FundCommandEncoder;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.MemberQueryEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.RegisterMemberCommandEncoder;
import io.miaojie.wire.codec.ReportWithdrawalCommandEncoder;
import io.miaojie.wire.codec.RequestWithdrawalCommandEncoder;
import io.miaojie.wire.codec.SubmitWithdrawalCommandEncoder;
import io.miaojie.wire.codec.TouchCommandEncoder;
import io.miaojie.wire.codec.WithdrawalQueryEncoder;
import io.miaojie.wire.codec.WithdrawalState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the commands and queries about people and their money, as {@link Commands} does the others. */
public final class PeopleMessages {
    private PeopleMessages() {}

    /**
     * A registration as a test words it.
     *
     * @param identities words, each hashed to 128 bits
     * @param random 16 bytes, or none
     */
    public record Registration(
            String id,
            List<String> identities,
            String referrerId,
            String visitorId,
            long boundAtNs,
            long atNs,
            byte[] random) {
        public static Registration of(final String id, final String... identities) {
            return new Registration(id, List.of(identities), "", "", 0, 0, new byte[0]);
        }

        public Registration referredBy(final String referrer) {
            return new Registration(id, identities, referrer, visitorId, boundAtNs, atNs, random);
        }
    }

    /** What a registration says of a member beside who brought it; texts may be empty. */
    public record Profile(int grade, int roles, String storeId, String channel, String metadata) {
        public static final Profile USUAL = new Profile(1, 2, "", "", "");
    }

    /** Sets how the members of a merchant that is being created get a parent. */
    public static void setBinding(final UnsafeBuffer createMerchant, final BindingMode mode, final int days) {
        new CreateMerchantCommandEncoder()
                .wrap(createMerchant, MessageHeaderEncoder.ENCODED_LENGTH)
                .bindingMode(mode)
                .bindingDays(days);
    }

    public static UnsafeBuffer register(final int key, final String requestId, final Registration words) {
        return register(key, requestId, words, Profile.USUAL);
    }

    public static UnsafeBuffer register(
            final int key, final String requestId, final Registration words, final Profile profile) {
        final UnsafeBuffer buffer = room();
        final RegisterMemberCommandEncoder command =
                new RegisterMemberCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.boundAtNs(words.boundAtNs())
                .grade((short) profile.grade())
                .roles((short) profile.roles())
                .envelope()
                .atNs(words.atNs());
        final RegisterMemberCommandEncoder.IdentitiesEncoder group =
                command.identitiesCount(words.identities().size());
        for (final String identity : words.identities()) {
            group.next().hashLow(hashLow(identity)).hashHigh(hashHigh(identity));
        }
        put(command::putId, words.id());
        put(command::putReferrerId, words.referrerId());
        put(command::putVisitorId, words.visitorId());
        put(command::putStoreId, profile.storeId());
        put(command::putChannel, profile.channel());
        put(command::putMetadata, profile.metadata());
        command.putRandom(words.random(), 0, words.random().length);
        return bound(buffer, key, requestId, command.encodedLength());
    }

    public static UnsafeBuffer bindReferrer(
            final int key, final String requestId, final String memberId, final String referrerId) {
        final UnsafeBuffer buffer = room();
        final BindReferrerCommandEncoder command =
                new BindReferrerCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        put(command::putRequestId, requestId);
        put(command::putMemberId, memberId);
        put(command::putReferrerId, referrerId);
        put(command::putActor, "");
        return bound(buffer, key, requestId, command.encodedLength());
    }

    public static UnsafeBuffer defineTarget(final int key, final String id, final String url) {
        final UnsafeBuffer buffer = room();
        final DefineTargetCommandEncoder command =
                new DefineTargetCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        put(command::putId, id);
        put(command::putUrl, url);
        return bound(buffer, key, id, command.encodedLength());
    }

    /** Encodes a link for a campaign and a channel, both of which may be empty. */
    public static UnsafeBuffer createLink(
            final int key,
            final String id,
            final String token,
            final String ownerId,
            final String targetId,
            final String[] campaignAndChannel,
            final long expiresAtNs) {
        final UnsafeBuffer buffer = room();
        final CreateLinkCommandEncoder command = new CreateLinkCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.expiresAtNs(expiresAtNs);
        put(command::putId, id);
        put(command::putToken, token);
        put(command::putOwnerId, ownerId);
        put(command::putTargetId, targetId);
        put(command::putCampaignId, campaignAndChannel[0]);
        put(command::putChannel, campaignAndChannel[1]);
        return bound(buffer, key, id, command.encodedLength());
    }

    public static UnsafeBuffer touch(
            final int key,
            final String id,
            final String token,
            final String visitorId,
            final String memberId,
            final long atNs) {
        final UnsafeBuffer buffer = room();
        final TouchCommandEncoder command = new TouchCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.envelope().atNs(atNs);
        put(command::putId, id);
        put(command::putToken, token);
        put(command::putVisitorId, visitorId);
        put(command::putMemberId, memberId);
        return bound(buffer, key, id, command.encodedLength());
    }

    public static UnsafeBuffer requestWithdrawal(
            final int key,
            final String id,
            final String memberId,
            final long amountMinor,
            final String currency,
            final String payee) {
        final UnsafeBuffer buffer = room();
        final RequestWithdrawalCommandEncoder command =
                new RequestWithdrawalCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.amountMinor(amountMinor).currency(Commands.currency(currency));
        put(command::putId, id);
        put(command::putMemberId, memberId);
        put(command::putMethod, "wechat");
        put(command::putPayee, payee);
        return bound(buffer, key, id, command.encodedLength());
    }

    public static UnsafeBuffer decideWithdrawal(
            final int key, final String requestId, final String withdrawalId, final Decision decision) {
        final UnsafeBuffer buffer = room();
        final DecideWithdrawalCommandEncoder command =
                new DecideWithdrawalCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.decision(decision);
        put(command::putRequestId, requestId);
        put(command::putWithdrawalId, withdrawalId);
        put(command::putActor, "");
        put(command::putReason, "");
        return bound(buffer, key, requestId, command.encodedLength());
    }

    public static UnsafeBuffer submitWithdrawal(final int key, final String requestId, final String withdrawalId) {
        final UnsafeBuffer buffer = room();
        final SubmitWithdrawalCommandEncoder command =
                new SubmitWithdrawalCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        put(command::putRequestId, requestId);
        put(command::putWithdrawalId, withdrawalId);
        return bound(buffer, key, requestId, command.encodedLength());
    }

    public static UnsafeBuffer reportWithdrawal(
            final int key, final String requestId, final String withdrawalId, final WithdrawalState state) {
        return reportWithdrawal(key, requestId, withdrawalId, state, "");
    }

    /** Encodes a report that may name the channel's bill. */
    public static UnsafeBuffer reportWithdrawal(
            final int key,
            final String requestId,
            final String withdrawalId,
            final WithdrawalState state,
            final String transferBillNo) {
        final UnsafeBuffer buffer = room();
        final ReportWithdrawalCommandEncoder command =
                new ReportWithdrawalCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.state(state);
        put(command::putRequestId, requestId);
        put(command::putWithdrawalId, withdrawalId);
        put(command::putTransferBillNo, transferBillNo);
        put(command::putReason, "");
        return bound(buffer, key, requestId, command.encodedLength());
    }

    public static UnsafeBuffer adjustPool(
            final int key,
            final String id,
            final String memberId,
            final Bucket bucket,
            final long amountMinor,
            final String currency) {
        final UnsafeBuffer buffer = room();
        final AdjustPoolCommandEncoder command = new AdjustPoolCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.amountMinor(amountMinor).currency(Commands.currency(currency)).bucket(bucket);
        put(command::putId, id);
        put(command::putMemberId, memberId);
        put(command::putReason, "");
        put(command::putActor, "");
        return bound(buffer, key, id, command.encodedLength());
    }

    public static UnsafeBuffer fund(
            final int key,
            final String id,
            final String funder,
            final long amountMinor,
            final String currency,
            final FundingMode mode) {
        final UnsafeBuffer buffer = room();
        final FundCommandEncoder command = new FundCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.amountMinor(amountMinor).currency(Commands.currency(currency)).mode(mode);
        put(command::putId, id);
        put(command::putFunder, funder);
        put(command::putActor, "");
        return bound(buffer, key, id, command.encodedLength());
    }

    /** Encodes payout terms out of the options of a row. */
    static UnsafeBuffer definePayoutTerms(
            final int key, final String id, final String currency, final ScenarioRow row) {
        final UnsafeBuffer buffer = room();
        final DefinePayoutTermsCommandEncoder command =
                new DefinePayoutTermsCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.amountMinMinor(row.number("min", 0))
                .amountMaxMinor(row.number("max", 0))
                .amountPerDayMinor(row.number("per-day", 0))
                .approvedUpToMinor(row.number("approved-up-to", 0))
                .feeMinMinor(row.number("fee-min", 0))
                .feePpm((int) row.number("fee", 0))
                .taxPpm((int) row.number("tax", 0))
                .countPerDay((int) row.number("count", 0))
                .freePerDay((int) row.number("free", 0))
                .cutOffMinute((int) row.number("cut-off", 0))
                .currency(Commands.currency(currency));
        put(command::putId, id);
        put(command::putActor, "");
        return bound(buffer, key, id, command.encodedLength());
    }

    public static UnsafeBuffer memberQuery(final int key, final String memberId) {
        final UnsafeBuffer buffer = room();
        final MemberQueryEncoder query = new MemberQueryEncoder().wrapAndApplyHeader(buffer, 0, header());
        put(query::putMemberId, memberId);
        return Commands.unbound(buffer, key, query.encodedLength());
    }

    public static UnsafeBuffer withdrawalQuery(final int key, final String withdrawalId) {
        final UnsafeBuffer buffer = room();
        final WithdrawalQueryEncoder query = new WithdrawalQueryEncoder().wrapAndApplyHeader(buffer, 0, header());
        put(query::putWithdrawalId, withdrawalId);
        return Commands.unbound(buffer, key, query.encodedLength());
    }

    public static UnsafeBuffer accountsQuery(final int key, final int from, final int accountsMax) {
        final UnsafeBuffer buffer = room();
        final AccountsQueryEncoder query = new AccountsQueryEncoder().wrapAndApplyHeader(buffer, 0, header());
        query.from(from).accountsMax(accountsMax);
        return Commands.unbound(buffer, key, query.encodedLength());
    }

    /** Returns the low half of the hash that stands for an identity in tests. */
    public static long hashLow(final String identity) {
        return uuid(identity).getLeastSignificantBits();
    }

    public static long hashHigh(final String identity) {
        return uuid(identity).getMostSignificantBits();
    }

    private static UUID uuid(final String identity) {
        return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    }
}
