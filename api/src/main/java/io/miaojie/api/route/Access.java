package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
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
    /** Every key of a merchant. */
    READ_POOLS(Set.of(Role.READ, Role.INGEST, Role.OPERATE, Role.ADMIN)),
    READ_CAMPAIGNS(Set.of(Role.READ, Role.OPERATE, Role.ADMIN)),
    READ_FEED(Set.of(Role.READ, Role.OPERATE, Role.ADMIN)),
    OPERATE(Set.of(Role.OPERATE, Role.ADMIN)),
    INGEST(Set.of(Role.INGEST, Role.OPERATE, Role.ADMIN));

    private final Set<Role> roles;

    Access(final Set<Role> roles) {
        this.roles = roles;
    }

    boolean allows(final ApiKey key) {
        if (key.isNode()) {
            return this == NODE || this == KEYS || this == ANY_KEY;
        }
        return roles.contains(key.role());
    }
}
