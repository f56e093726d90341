package io.miaojie.api.feed;

import io.miaojie.api.directory.Directory;
import io.miaojie.api.message.PaymentView;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentOutcomeDecoder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Events of payments: the same body that the payment itself was answered with. Thread: one. */
final class PaymentEvents {
    private static final long KNOWN_WITHIN_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Directory directory;
    private final PaymentView view;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentOutcomeDecoder outcome = new PaymentOutcomeDecoder();

    PaymentEvents(final Directory directory, final ResultCodes codes) {
        this.directory = directory;
        view = new PaymentView(directory, codes);
    }

    void settled(final DecidedRecord record, final EventWriter out) {
        final int merchantIndex = directory.merchantOfKey(record.keyIndex());
        view.open(record.command());
        if (out.begin(EventType.PAYMENT_SETTLED, merchantIndex, "payment", view.id())) {
            outcome.wrapAndApplyHeader(record.outcome(), 0, header);
            outcome.grants().forEach(grant -> out.campaign(id(grant.campaignIndex())));
            outcome.skips().forEach(skip -> awaitKnown(skip.campaignIndex()));
            view.write(out.json(), record.outcome(), 0);
            out.member(view.memberId());
            out.end();
        }
    }

    private String id(final int campaignIndex) {
        awaitKnown(campaignIndex);
        return directory.version(campaignIndex).definition().id();
    }

    /**
     * A version is known once its maker was answered; whoever reads records may be here a moment before. Waits, and
     * gives up when it should long have come.
     */
    private void awaitKnown(final int campaignIndex) {
        if (campaignIndex < 0) {
            return;
        }
        final long giveUpAtNs = System.nanoTime() + KNOWN_WITHIN_NS;
        while (directory.version(campaignIndex) == null) {
            if (System.nanoTime() > giveUpAtNs) {
                throw new IllegalStateException("campaign version unknown to the api, index=" + campaignIndex);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
