package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.message.RiskRulesView;
import io.miaojie.api.message.SmallMessages;

/** Tells what orders and payouts of the merchant are judged by. */
final class GetRiskRules implements Endpoint {
    private final Edge edge;

    GetRiskRules(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        SmallMessages.riskRulesQuery(edge.scratch(), exchange.key());
        exchange.submit((out, answer) -> RiskRulesView.write(out, answer.buffer(), answer.offset()));
    }
}
