package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.message.AccountsView;
import io.miaojie.api.message.SmallMessages;

/** Lists the merchant's accounts: who pays, and where money stands that is no member's. */
final class GetAccounts implements Endpoint {
    private final Edge edge;

    GetAccounts(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final int limit = (int) exchange.parameter("limit", 1, Pages.LIMIT_MAX, Pages.LIMIT);
        final int from = (int) exchange.parameter("cursor", 0, Integer.MAX_VALUE, 0);
        SmallMessages.accountsQuery(edge.scratch(), exchange.key(), from, limit);
        exchange.submit((out, answer) -> AccountsView.write(out, answer.buffer(), answer.offset()));
    }
}
