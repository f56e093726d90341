package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.message.form.Forms;
import io.miaojie.wire.codec.Role;
import java.util.Set;

/** Who may call a route. What is not named is denied. */
enum Access {
    /** Everybody, without a key. */
    OPEN(Set.of()),
    /** The node's own key. */
    NODE(Set.of()),
    /** The node's own key, and administrators of a merchant. */
    KEYS(Set.of(Role.ADMIN)),
    ANY_KEY(Set.of(Role.READ, Role.INGEST, Role.OPERATE, Role.ADMIN)),
    /** Every key of a merchant: what a caller knows the id of. */
    READ_ONE(Set.of(Role.READ, Role.INGEST, Role.OPERATE, Role.ADMIN)),
    /** What shows more than one member: campaigns, accounts, lists. */
    READ_ALL(Set.of(Role.READ, Role.OPERATE, Role.ADMIN)),
    READ_FEED(Set.of(Role.READ, Role.OPERATE, Role.ADMIN)),
    OPERATE(Set.of(Role.OPERATE, Role.ADMIN)),
    INGEST(Set.of(Role.INGEST, Role.OPERATE, Role.ADMIN));

    /** Writes of operators; every other write that is a table is a fact, or a request of a shop's server. */
    private static final Set<Form> OPERATORS = Set.of(
            Forms.REFERRER,
            Forms.LINK_TARGET,
            Forms.DECISION,
            Forms.SUBMISSION,
            Forms.REPORT,
            Forms.ADJUSTMENT,
            Forms.FUNDING,
            Forms.PAYOUT_TERMS,
            Forms.CLOCK);

    private final Set<Role> roles;

    Access(final Set<Role> roles) {
        this.roles = roles;
    }

    /** Returns who may send a write that is a table. */
    static Access of(final Form form) {
        return OPERATORS.contains(form) ? OPERATE : INGEST;
    }

    boolean allows(final ApiKey key) {
        if (key.isNode()) {
            return this == NODE || this == KEYS || this == ANY_KEY;
        }
        return roles.contains(key.role());
    }
}
