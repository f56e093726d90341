package io.miaojie.settlement;

import io.miaojie.settlement.part.Links;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Merchant;
import io.miaojie.settlement.part.Merchants;
import io.miaojie.settlement.part.Touches;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.BindingMode;

/**
 * Who brought whom (裂变). Every {@code decide...} fills a decision and changes nothing; {@link #carryOut} does what was
 * decided and can't fail. Parents form a forest: a binding that would close a cycle is never made, and one that has run
 * out keeps its place in the forest until another takes it.
 *
 * <p>Units: epoch nanoseconds. Allocates: nothing.
 */
final class Referrals {
    /** Most steps up from a parent in search of a cycle. */
    static final int STEPS_MAX = 10_000;

    private static final int NOBODY = -1;

    private final Merchants merchants;
    private final Members members;
    private final Links links;
    private final Touches touches;
    private ResultCode code;
    private int parent;
    private boolean binds;
    private long boundUntilNs;

    Referrals(final State state) {
        this.merchants = state.merchants();
        this.members = state.members();
        this.links = state.links();
        this.touches = state.touches();
    }

    /** Returns the member's parent at this time, -1: nobody. */
    int parent(final int member, final long atNs) {
        final long untilNs = member < 0 ? 0 : members.boundUntilNs(member);
        return member < 0 || untilNs != 0 && untilNs <= atNs ? NOBODY : members.parent(member);
    }

    /**
     * Decides who is level 1 of an order, and whether its share token binds the member.
     *
     * @param member -1: the order makes the member
     * @param token empty: none
     * @return what the token was not good for: {@code TOKEN_UNKNOWN}, {@code TOKEN_EXPIRED}, {@code SELF_REFERRAL},
     *     {@code BINDING_MODE_FORBIDS}, {@code ALREADY_BOUND}, {@code REFERRAL_CYCLE}, {@code REFERRAL_TOO_DEEP};
     *     {@code OK}: it names level 1, or there is none
     */
    ResultCode decideForOrder(final int merchant, final int member, final Slice token, final long atNs) {
        begin(parent(member, atNs));
        if (token.isEmpty()) {
            return code;
        }
        final int owner = owner(merchant, token, atNs);
        if (owner < 0 || owner == parent) {
            return code;
        }
        if (owner == member) {
            return refuse(ResultCode.SELF_REFERRAL);
        }
        if (merchants.at(merchant).bindingMode() == BindingMode.ORDER_TOKEN) {
            parent = owner;
            return code;
        }
        return decide(merchant, member, owner, atNs, atNs);
    }

    /**
     * Decides what a touch by a member does.
     *
     * @return as {@link #decideForOrder}, where a touch by a token's owner is {@code SELF_REFERRAL}
     */
    ResultCode decideForTouch(final int merchant, final int member, final Slice token, final long atNs) {
        begin(parent(member, atNs));
        final int owner = owner(merchant, token, atNs);
        return owner < 0 || owner == parent ? code : decide(merchant, member, owner, atNs, atNs);
    }

    /**
     * Decides who is the parent of a member that is being registered: the referrer that is named, else the owner of the
     * link that the visitor opened.
     *
     * @param member -1: the registration makes the member
     * @param referrerId empty: none
     * @param visitorId empty: none
     * @param boundAtNs when the named referrer was bound
     * @return {@code REFERRER_UNKNOWN}, {@code SELF_REFERRAL}, {@code BINDING_MODE_FORBIDS}, {@code ALREADY_BOUND},
     *     {@code REFERRAL_CYCLE}, {@code REFERRAL_TOO_DEEP}; {@code OK}
     */
    ResultCode decideForRegistration(
            final int merchant,
            final int member,
            final Slice referrerId,
            final Slice visitorId,
            final long boundAtNs,
            final long atNs) {
        begin(parent(member, atNs));
        if (!referrerId.isEmpty()) {
            final int referrer = members.find(merchant, referrerId);
            return referrer < 0
                    ? refuse(ResultCode.REFERRER_UNKNOWN)
                    : decideNamed(merchant, member, referrer, boundAtNs, atNs);
        }
        final int link = visitorId.isEmpty() ? -1 : touches.link(merchant, visitorId);
        if (link < 0) {
            return code;
        }
        final long touchedAtNs = touches.atNs(merchant, visitorId);
        final long untilNs = merchants.at(merchant).boundUntilNs(touchedAtNs);
        return untilNs != 0 && untilNs <= atNs
                ? code
                : decideNamed(merchant, member, links.owner(link), touchedAtNs, atNs);
    }

    /**
     * Decides what an operator binds, in any mode, for ever or for the merchant's days.
     *
     * @param referrer -1: nobody
     * @return {@code SELF_REFERRAL}, {@code REFERRAL_CYCLE}, {@code REFERRAL_TOO_DEEP}, {@code OK}
     */
    ResultCode decideForOperator(final int merchant, final int member, final int referrer, final long atNs) {
        begin(parent(member, atNs));
        if (referrer == member) {
            return refuse(ResultCode.SELF_REFERRAL);
        }
        return bind(merchant, member, referrer, atNs);
    }

    /** Tells whether a touch by a visitor is to be kept, in the place of one that is there. */
    ResultCode decideForVisitor(final int merchant, final Slice visitorId, final Slice token, final long atNs) {
        begin(NOBODY);
        if (owner(merchant, token, atNs) < 0) {
            return code;
        }
        final Merchant rules = merchants.at(merchant);
        if (rules.bindingMode() == BindingMode.ORDER_TOKEN) {
            return refuse(ResultCode.BINDING_MODE_FORBIDS);
        }
        final boolean keepsFirst =
                rules.bindingMode() == BindingMode.FIRST_TOUCH || rules.bindingMode() == BindingMode.WINDOW;
        final boolean isHeld = keepsFirst && touches.link(merchant, visitorId) >= 0;
        final long heldUntilNs = isHeld ? rules.boundUntilNs(touches.atNs(merchant, visitorId)) : 0;
        return isHeld && (heldUntilNs == 0 || heldUntilNs > atNs) ? refuse(ResultCode.ALREADY_BOUND) : code;
    }

    /** Returns who is level 1, -1: nobody, as the last decision has it. */
    int parent() {
        return parent;
    }

    /** Binds the member, which exists by now, if that was decided, and tells of it. */
    void carryOut(final int member, final Effects effects) {
        if (binds) {
            members.bind(member, parent, boundUntilNs);
            effects.bindMember(member);
        }
    }

    private void begin(final int present) {
        code = ResultCode.OK;
        parent = present;
        binds = false;
    }

    private ResultCode refuse(final ResultCode reason) {
        if (code != reason) {
            code = reason;
        }
        return code;
    }

    /** Returns the owner of a token of this merchant, or -1 and notes why. */
    private int owner(final int merchant, final Slice token, final long atNs) {
        final int link = links.find(token);
        if (link < 0 || links.merchant(link) != merchant) {
            refuse(ResultCode.TOKEN_UNKNOWN);
            return NOBODY;
        }
        final long expiresAtNs = links.expiresAtNs(link);
        if (expiresAtNs != 0 && expiresAtNs <= atNs) {
            refuse(ResultCode.TOKEN_EXPIRED);
            return NOBODY;
        }
        return links.owner(link);
    }

    /** Decides for a referrer that a registration names; the one in force needs no binding. */
    private ResultCode decideNamed(
            final int merchant, final int member, final int referrer, final long sinceNs, final long atNs) {
        if (referrer == parent) {
            return code;
        }
        if (referrer == member) {
            return refuse(ResultCode.SELF_REFERRAL);
        }
        final BindingMode mode = merchants.at(merchant).bindingMode();
        if (mode == BindingMode.ORDER_TOKEN) {
            return refuse(ResultCode.BINDING_MODE_FORBIDS);
        }
        final boolean mayReplace = mode == BindingMode.LAST_TOUCH;
        return parent >= 0 && !mayReplace
                ? refuse(ResultCode.ALREADY_BOUND)
                : bind(merchant, member, referrer, sinceNs);
    }

    /** Decides for the owner of a link that was opened or brought along. */
    private ResultCode decide(
            final int merchant, final int member, final int owner, final long sinceNs, final long atNs) {
        final boolean isByRegistration = merchants.at(merchant).bindingMode() == BindingMode.REGISTER_ONLY;
        return isByRegistration && owner != member
                ? refuse(ResultCode.BINDING_MODE_FORBIDS)
                : decideNamed(merchant, member, owner, sinceNs, atNs);
    }

    private ResultCode bind(final int merchant, final int member, final int referrer, final long sinceNs) {
        final ResultCode cycle = member < 0 || referrer < 0 ? ResultCode.OK : findCycle(member, referrer);
        if (cycle != ResultCode.OK) {
            return refuse(cycle);
        }
        parent = referrer;
        binds = true;
        boundUntilNs = referrer < 0 ? 0 : merchants.at(merchant).boundUntilNs(sinceNs);
        return code;
    }

    /** Walks up from the new parent. Only a member that has invitees can be met on the way. */
    private ResultCode findCycle(final int member, final int referrer) {
        if (!members.hasInvitees(member)) {
            return ResultCode.OK;
        }
        int above = referrer;
        for (int step = 0; step < STEPS_MAX && above >= 0 && above != member; step++) {
            above = members.parent(above);
        }
        if (above < 0) {
            return ResultCode.OK;
        }
        return above == member ? ResultCode.REFERRAL_CYCLE : ResultCode.REFERRAL_TOO_DEEP;
    }
}
