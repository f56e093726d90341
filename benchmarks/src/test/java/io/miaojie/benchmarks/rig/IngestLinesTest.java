package io.miaojie.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Rebates;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What patching leaves in a block are payments as a client would write them. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class IngestLinesTest {
    private static final int MEMBERS = 7;

    private final IngestLines lines = new IngestLines(MEMBERS, "2026-11-01T00:00:00Z");

    @Test
    void writesOnePaymentALine() {
        final List<JsonObject> payments =
                lines.block(98, 3).toString().lines().map(JsonObject::new).toList();
        assertEquals(3, payments.size());
        for (int i = 0; i < payments.size(); i++) {
            final JsonObject payment = payments.get(i);
            assertEquals("p-%08d".formatted(98 + i), payment.getString("id"));
            assertEquals("o-%08d".formatted(98 + i), payment.getString("order_id"));
            assertEquals(IngestLines.memberId(Draws.member(98 + i, MEMBERS)), payment.getString("member_id"));
            assertEquals(Draws.amountMinor(98 + i), payment.getLong("amount"));
            assertEquals(
                    Draws.amountMinor(98 + i),
                    payment.getJsonArray("lines").getJsonObject(0).getLong("amount"));
        }
    }

    @Test
    void expectsThePoolsToHoldWhatTheCampaignsGrant() {
        long granted = 0;
        for (int i = 0; i < 100; i++) {
            for (int campaign = 0; campaign < Rebates.COUNT; campaign++) {
                granted += Rebates.rewardMinor(campaign, Draws.amountMinor(i));
            }
        }
        assertEquals(granted, Arrays.stream(lines.expectedPoolsMinor(100)).sum());
    }
}
