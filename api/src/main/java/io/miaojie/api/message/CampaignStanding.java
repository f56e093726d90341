package io.miaojie.api.message;

import io.miaojie.api.digest.Fingerprint;
import io.miaojie.api.directory.CampaignDefinition.Hold;
import io.miaojie.api.directory.CampaignDefinition.Stacking;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.message.form.FieldType;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.codec.HoldPolicy;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The fields of a campaign that say how it stands among others and when its grants are withdrawable. */
final class CampaignStanding {
    private static final int PPM = 1_000_000;
    private static final int DAYS_MAX = 3_650;
    private static final long PRIORITY = 1;
    private static final long GROUP = 1 << 1;
    private static final long HOLD = 1 << 2;
    private static final long INSTANT = 1 << 3;
    private static final long POLICY = 1;
    private static final long DAYS = 1 << 1;
    private static final FieldType POLICIES = FieldType.word(Arrays.stream(HoldPolicy.values())
            .filter(policy -> policy != HoldPolicy.NULL_VAL && policy != HoldPolicy.SBE_UNKNOWN)
            .collect(Collectors.toMap(HoldPolicy::name, HoldPolicy::value)));

    private long mask;
    private int priority;
    private String exclusiveGroup = "";
    private HoldPolicy policy;
    private int days;
    private int instantPpm;

    /** Reads a field if it is one of these. */
    boolean read(final JsonReader in, final String field) {
        switch (field) {
            case "priority" -> {
                mask = in.once(mask, PRIORITY);
                priority = (int) in.integer(Short.MIN_VALUE + 1, Short.MAX_VALUE);
            }
            case "exclusive_group" -> {
                mask = in.once(mask, GROUP);
                exclusiveGroup = in.string(FieldType.ID_OR_NULL.reading().read(in));
            }
            case "hold" -> {
                mask = in.once(mask, HOLD);
                readHold(in);
            }
            case "instant_ppm" -> {
                mask = in.once(mask, INSTANT);
                instantPpm = (int) in.integer(0, PPM);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    Stacking stacking(final Stacking old) {
        return new Stacking(
                has(PRIORITY) ? priority : old.priority(), has(GROUP) ? exclusiveGroup : old.exclusiveGroup());
    }

    Hold hold(final Hold old) {
        return new Hold(
                has(HOLD) ? policy : old.policy(),
                has(HOLD) ? days : old.days(),
                has(INSTANT) ? instantPpm : old.instantPpm());
    }

    void fingerprint(final Fingerprint out) {
        if (has(PRIORITY)) {
            out.field(11, priority);
        }
        if (has(HOLD)) {
            out.field(12, policy.value()).field(13, days);
        }
        if (has(INSTANT)) {
            out.field(14, instantPpm);
        }
        if (has(GROUP)) {
            CampaignForm.text(out, 33, exclusiveGroup);
        }
    }

    private void readHold(final JsonReader in) {
        long seen = 0;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "policy" -> {
                    seen = in.once(seen, POLICY);
                    policy = HoldPolicy.get((short) POLICIES.reading().read(in));
                }
                case "days" -> {
                    seen = in.once(seen, DAYS);
                    days = (int) in.integer(1, DAYS_MAX);
                }
                default -> throw in.unknownField();
            }
        }
        if ((seen & POLICY) == 0) {
            throw in.missingField("policy");
        }
        if (Hold.hasDays(policy) != ((seen & DAYS) != 0)) {
            throw Hold.hasDays(policy)
                    ? in.missingField("days")
                    : in.refuse(EdgeCode.INVALID_VALUE, "days", "this policy counts no days");
        }
    }

    private boolean has(final long bit) {
        return (mask & bit) != 0;
    }
}
