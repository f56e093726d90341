package io.miaojie.settlement;

import io.miaojie.settlement.part.ApiKey;
import io.miaojie.wire.codec.Role;

/** What the roles allow within a merchant. The node's own key belongs to none and may none of it. */
final class Roles {
    private Roles() {}

    /** Campaigns: define, change their state. */
    static boolean mayOperate(final ApiKey key) {
        return !key.isOfNode() && (key.role() == Role.OPERATE || key.role() == Role.ADMIN);
    }

    /** Facts. */
    static boolean mayIngest(final ApiKey key) {
        return !key.isOfNode() && key.role() != Role.READ;
    }

    static boolean mayReadPools(final ApiKey key) {
        return !key.isOfNode();
    }

    static boolean mayReadCampaigns(final ApiKey key) {
        return !key.isOfNode() && key.role() != Role.INGEST;
    }
}
