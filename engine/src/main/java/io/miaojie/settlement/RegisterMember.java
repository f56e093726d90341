package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Registration;
import io.miaojie.settlement.part.Identities;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.RegisterMemberCommandDecoder;
import io.miaojie.wire.codec.RegisterMemberCommandDecoder.IdentitiesDecoder;

/**
 * Settles {@code RegisterMemberCommand}. The first registration of a member binds its parent and welcomes it; a later
 * one adds identities. A new id that comes with the identity of a provisional member takes that member over: both ids
 * name it from then on.
 */
final class RegisterMember {
    /** Most identities of one registration. */
    static final int IDENTITIES_MAX = 16;

    private static final int HEADER = RegisterMemberCommandDecoder.idHeaderLength();
    private static final int NOBODY = -1;
    private static final int TAKEN = -2;

    private final Members members;
    private final Identities identities;
    private final Referrals referrals;
    private final Welcomes welcomes;
    private final Replies replies;
    private final Effects effects;
    private final RegisterMemberCommandDecoder command = new RegisterMemberCommandDecoder();
    private final Slice id = new Slice();
    private final Slice referrerId = new Slice();
    private final Slice visitorId = new Slice();
    private final Registration registration = new Registration();
    private final long[] hashesLow = new long[IDENTITIES_MAX];
    private final long[] hashesHigh = new long[IDENTITIES_MAX];
    private int identityCount;
    private int newIdentityCount;

    RegisterMember(final State state, final Replies replies, final Effects effects) {
        this.members = state.members();
        this.identities = state.identities();
        this.referrals = new Referrals(state);
        this.welcomes = new Welcomes(state, effects);
        this.replies = replies;
        this.effects = effects;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS} (role, or store of the key), {@code TERMS_CONTRADICT}, {@code IDENTITY_TAKEN},
     * {@code MEMBERS_FULL}, {@code IDENTITIES_FULL}, what {@link Welcomes#firstFull} says.
     */
    int settle(final Call call) {
        decode(call);
        if (!Roles.mayIngest(call.key()) || call.key().forbidsStore(registration.storeId())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (id.isEmpty() || identityCount > IDENTITIES_MAX) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        final int merchant = call.key().merchant();
        final int named = members.find(merchant, id);
        final int member = readIdentities(merchant, named);
        if (member == TAKEN) {
            return replies.refuse(call, ResultCode.IDENTITY_TAKEN);
        }
        if (member == NOBODY && members.room() == 0) {
            return replies.turnAway(call, ResultCode.MEMBERS_FULL);
        }
        if (newIdentityCount > identities.room()) {
            return replies.turnAway(call, ResultCode.IDENTITIES_FULL);
        }
        final ResultCode full = welcomes.firstFull(merchant);
        if (full != ResultCode.OK && isFirst(member)) {
            return replies.turnAway(call, full);
        }
        return register(call, merchant, named, member);
    }

    /** Carries out what can't fail any more: nothing of it has been done so far. */
    private int register(final Call call, final int merchant, final int named, final int found) {
        final boolean isFirst = isFirst(found);
        final ResultCode referral = isFirst ? decideReferral(merchant, found) : ResultCode.OK;
        final int member = found == NOBODY ? members.add(merchant, id) : found;
        if (named == NOBODY && found != NOBODY) {
            members.takeOver(member, id);
        }
        members.register(member, command.grade(), command.roles());
        addIdentities(merchant, member);
        effects.begin(-1, -1);
        if (isFirst) {
            referrals.carryOut(member, effects);
        }
        effects.touchMember(member, found == NOBODY);
        if (referral != ResultCode.OK) {
            effects.skip(referral);
        }
        if (isFirst || members.isWelcomed(member)) {
            welcomes.carryOut(merchant, member, registration, call.nowNs());
        }
        return effects.write(call, isFirst ? ResultCode.OK : ResultCode.MEMBER_EXISTS, 0, 0);
    }

    private boolean isFirst(final int found) {
        return found == NOBODY || !members.isRegistered(found);
    }

    private ResultCode decideReferral(final int merchant, final int member) {
        final long atNs = registration.atNs();
        final long boundAtNs = command.boundAtNs() == 0 ? atNs : command.boundAtNs();
        return referrals.decideForRegistration(merchant, member, referrerId, visitorId, boundAtNs, atNs);
    }

    /**
     * Counts the identities that are nobody's, and finds whose the others are.
     *
     * @return {@code named}, or the provisional member that is taken over; {@link #NOBODY}: a new member;
     *     {@link #TAKEN}: an identity is another member's
     */
    private int readIdentities(final int merchant, final int named) {
        int member = named;
        newIdentityCount = 0;
        for (int i = 0; i < identityCount; i++) {
            final int owner = identities.find(merchant, hashesLow[i], hashesHigh[i]);
            final boolean isTakenOver = owner >= 0 && named == NOBODY && members.isProvisional(owner);
            if (owner < 0) {
                newIdentityCount += isRepeated(i) ? 0 : 1;
            } else if (member == NOBODY && isTakenOver) {
                member = owner;
            } else if (owner != member) {
                return TAKEN;
            }
        }
        return member;
    }

    private void addIdentities(final int merchant, final int member) {
        for (int i = 0; i < identityCount; i++) {
            if (identities.find(merchant, hashesLow[i], hashesHigh[i]) < 0) {
                identities.add(member, hashesLow[i], hashesHigh[i]);
            }
        }
    }

    private boolean isRepeated(final int identity) {
        int before = identity - 1;
        while (before >= 0
                && (hashesLow[before] != hashesLow[identity] || hashesHigh[before] != hashesHigh[identity])) {
            before--;
        }
        return before >= 0;
    }

    private void decode(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        final IdentitiesDecoder group = command.identities();
        identityCount = group.count();
        for (int i = 0; group.hasNext(); i++) {
            group.next();
            if (i < IDENTITIES_MAX) {
                hashesLow[i] = group.hashLow();
                hashesHigh[i] = group.hashHigh();
            }
        }
        id.wrap(call.in(), command.limit() + HEADER, command.skipId());
        referrerId.wrap(call.in(), command.limit() + HEADER, command.skipReferrerId());
        visitorId.wrap(call.in(), command.limit() + HEADER, command.skipVisitorId());
        registration.setAt(call.atNs() == 0 ? call.nowNs() : call.atNs());
        registration.storeId().wrap(call.in(), command.limit() + HEADER, command.skipStoreId());
        registration.channel().wrap(call.in(), command.limit() + HEADER, command.skipChannel());
        command.skipMetadata();
        registration.randomBytes().wrap(call.in(), command.limit() + HEADER, command.skipRandom());
    }
}
