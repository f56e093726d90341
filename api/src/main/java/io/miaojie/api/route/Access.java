package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.message.form.Forms;
import io.miaojie.wire.codec.Role;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may call a route. What is not named is denied. */
enum Access {
    /** Everybody, without a key. */
    OPEN(Set.of()),
    /** The node's own key. */
    NODE(Set.of()),
    /** The node's own key, and administrators of a merchant. */
    KEYS(Set.of(Role.ADMIN)),
    /** Every key, the node's own too. */
    ANY_KEY(Set.of(Role.READ, Role.INGEST, Role.OPERATE, Role.ADMIN)),
    /** Every key of a merchant: what a caller knows the id of. */
    READ_ONE(Set.of(Role.READ, Role.INGEST, Role.OPERATE, Role.ADMIN)),
    /** What shows more than one member: campaigns, accounts, lists, the feed. */
    READ_ALL(Set.of(Role.READ, Role.OPERATE, Role.ADMIN)),
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
            Forms.RISK_RULES,
            Forms.REVIEW,
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
        return key.isNode() ? isOfNode() : roles.contains(key.role());
    }

    /** Returns the roles as the contract names them. */
    Set<String> roleNames() {
        final Stream<String> named = roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT));
        return Stream.concat(isOfNode() ? Stream.of("node") : Stream.empty(), named)
                .collect(Collectors.toSet());
    }

    private boolean isOfNode() {
        return this == NODE || this == KEYS || this == ANY_KEY;
    }
}
