package io.miaojie.api.feed;

import io.miaojie.api.directory.Directory;
import io.miaojie.api.message.TickView;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.wire.KindDescriptor;
import java.util.List;

/** Events of what timers did: of each change one, to the merchant whose it is. Thread: one. */
final class TickEvents {
    private final TickView view;
    private final RiskEvents risks;

    TickEvents(final Directory directory, final List<KindDescriptor> kinds, final ResultCodes codes) {
        view = new TickView(directory, kinds, codes);
        risks = new RiskEvents(codes);
    }

    void tick(final DecidedRecord record, final EventWriter out) {
        view.open(record.outcome(), 0);
        final String id = Long.toString(record.sequence());
        while (view.next()) {
            if (out.begin(type(view.change()), view.merchantIndex(), "tick", id)) {
                view.write(out.json());
                out.member(view.memberId());
                out.campaign(view.campaignId());
                out.end();
            }
        }
        risks.write(record, "tick", id, out);
    }

    private static EventType type(final TickView.Change change) {
        return switch (change) {
            case GRANT_RELEASED -> EventType.GRANT_RELEASED;
            case GRANT_EXPIRED -> EventType.GRANT_EXPIRED;
            case GRANT_CLAWED -> EventType.GRANT_CLAWED;
            case REFUND_ORDER_CREATED -> EventType.REFUND_ORDER_CREATED;
            case ORDER_EXPIRED -> EventType.ORDER_EXPIRED;
            case WITHDRAWAL_QUERY_DUE -> EventType.WITHDRAWAL_QUERY_DUE;
        };
    }
}
