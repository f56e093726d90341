package io.miaojie.simulation;

import io.miaojie.simulation.World.Key;
import io.miaojie.simulation.World.Shop;
import io.miaojie.wire.codec.Role;

/** What the role of a key allows. */
final class Allowed {
    private Allowed() {}

    /** Returns the shop of whoever may operate it. */
    static Shop operate(final World world, final Deed.Head head) {
        final Key key = world.keys.get(head.key());
        Refusal.when(key.shop == null || key.role != Role.OPERATE && key.role != Role.ADMIN, "ROLE_FORBIDS");
        return key.shop;
    }

    /** Returns the shop of whoever may tell facts. */
    static Shop ingest(final World world, final Deed.Head head) {
        final Key key = world.keys.get(head.key());
        Refusal.when(key.shop == null || key.role == Role.READ, "ROLE_FORBIDS");
        return key.shop;
    }

    /** Returns the shop of whoever may tell facts of a store. */
    static Shop ingest(final World world, final Deed.Head head, final String store) {
        final Shop shop = ingest(world, head);
        final String bound = world.keys.get(head.key()).store;
        Refusal.when(!bound.isEmpty() && !bound.equals(store), "ROLE_FORBIDS");
        return shop;
    }
}
